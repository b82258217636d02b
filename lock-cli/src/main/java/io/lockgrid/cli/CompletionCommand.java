package io.lockgrid.cli;

import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockgrid completion}: what a shell needs to complete this command. */
@Command(
        name = "completion",
        description = "Prints a script that teaches bash or zsh to complete lockgrid's verbs and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  In this shell, bash or zsh:",
            "    source <(lockgrid completion)",
            "  In every bash from now on:",
            "    lockgrid completion > ~/.local/share/bash-completion/completions/lockgrid"
        })
final class CompletionCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandSpec root =
                java.util.Objects.requireNonNull(spec, "picocli injects it").root();
        var out = root.commandLine().getOut();
        out.print(AutoComplete.bash(root.name(), root.commandLine()));
        out.flush();
    }
}
