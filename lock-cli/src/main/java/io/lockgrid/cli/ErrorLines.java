package io.lockgrid.cli;

import io.lockgrid.node.NodeStartException;
import java.io.PrintWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line on the standard error why the command did not do what it was asked. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private final OptionSources sources;

    ErrorLines(OptionSources sources) {
        this.sources = sources;
    }

    /** Called wrongly: what was wrong, and where to read on. */
    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("lockgrid: " + oneLine(failure) + source(failure.getArgSpec(), arguments));
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Called rightly, and failed. */
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof NodeStartException || failure instanceof CallFailedException) {
            command.getErr().println("lockgrid: " + oneLine(failure));
        } else {
            command.getErr().println("lockgrid: failed for a reason that it does not know:");
            failure.printStackTrace(command.getErr());
        }
        return ExitCodes.FAILED;
    }

    /** Where a bad value comes from, unless it was typed. */
    private String source(@Nullable ArgSpec argument, String[] arguments) {
        if (!(argument instanceof OptionSpec option) || isGiven(option.longestName(), arguments)) {
            return "";
        }
        return sources.source(option).map(source -> " (from " + source + ")").orElse("");
    }

    private static boolean isGiven(String option, String[] arguments) {
        return Arrays.stream(arguments).anyMatch(each -> each.equals(option) || each.startsWith(option + "="));
    }

    private static String oneLine(Exception failure) {
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
