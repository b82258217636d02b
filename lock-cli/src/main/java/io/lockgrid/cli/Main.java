package io.lockgrid.cli;

import java.time.Duration;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ScopeType;

/** The {@code lockgrid} command. */
@Command(
        name = "lockgrid",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            NodeCommand.class,
            StatusCommand.class,
            TokenCommand.class,
            RepairCommand.class,
            CompletionCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        usageHelpWidth = 100,
        scope = ScopeType.INHERIT,
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:it did", "1:it could not; one line says why and what to do", "2:it was called wrongly"},
        description = "A clustered lock service: starts a member of a grid, and asks one.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine(System.getenv()).execute(arguments));
    }

    /** The command, ready to parse or execute; everything that it does depends on the arguments and the variables. */
    static CommandLine commandLine(Map<String, String> environment) {
        OptionSources sources = new OptionSources(environment);
        ErrorLines errors = new ErrorLines(sources);
        return new CommandLine(new Main())
                .registerConverter(Duration.class, new DurationConverter())
                .setDefaultValueProvider(sources)
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    /** The version of this build, as its jar says. */
    static final class Version implements IVersionProvider {
        static String text() {
            String version = Main.class.getPackage().getImplementationVersion();
            return version == null ? "development" : version;
        }

        @Override
        public String[] getVersion() {
            return new String[] {"lockgrid " + text() + " on Java " + Runtime.version()};
        }
    }
}
