package io.lockgrid.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** What a call of the command in this process came to. */
record Called(int code, String out, String err) {
    static Called with(String... arguments) {
        return in(Map.of(), arguments);
    }

    static Called in(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
        return new Called(command.execute(arguments), out.toString(), err.toString());
    }

    List<String> errorLines() {
        return err.lines().toList();
    }
}
