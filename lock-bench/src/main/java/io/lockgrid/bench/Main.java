package io.lockgrid.bench;

import io.lockgrid.bench.peers.PeersCommand;
import io.lockgrid.bench.wire.CallFailedException;
import java.util.concurrent.CompletionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;

/** The {@code bench} command. */
@Command(
        name = "scripts/bench",
        mixinStandardHelpOptions = true,
        subcommands = {RunCommand.class, PeersCommand.class},
        synopsisSubcommandLabel = "COMMAND",
        usageHelpAutoWidth = true,
        usageHelpWidth = 100,
        scope = ScopeType.INHERIT,
        optionListHeading = "%nOptions:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:it ran, and every cycle went well",
            "1:it could not run; one line says why",
            "2:it was called wrongly",
            "3:it ran, but there were errors, or grants out of order"
        },
        description = "Puts load on a lock service and says how fast it was.")
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command, ready to execute. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((failure, arguments) -> misused(failure))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    private static int misused(ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        command.getErr().println("bench: " + failure.getMessage());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return 2;
    }

    private static int failed(Exception failure, CommandLine command) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CallFailedException) {
            command.getErr().println("bench: " + cause.getMessage());
        } else {
            cause.printStackTrace(command.getErr());
        }
        return 1;
    }
}
