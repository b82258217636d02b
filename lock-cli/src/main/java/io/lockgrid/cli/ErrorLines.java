package io.lockgrid.cli;

import io.lockgrid.node.NodeStartException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
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
        err.println("lockgrid: " + oneLine(failure) + source(failure));
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        }
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Called rightly, and failed. */
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        if (failure instanceof NodeStartException) {
            command.getErr().println("lockgrid: " + oneLine(failure));
        } else {
            command.getErr().println("lockgrid: failed for a reason that it does not know:");
            failure.printStackTrace(command.getErr());
        }
        return ExitCodes.FAILED;
    }

    private String source(ParameterException failure) {
        var argument = failure.getArgSpec();
        if (argument == null || !argument.stringValues().isEmpty()) {
            return "";
        }
        return sources.source(argument).map(source -> " (from " + source + ")").orElse("");
    }

    private static String oneLine(Exception failure) {
        return String.valueOf(failure.getMessage()).strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
