package io.lockgrid.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockgrid status}: how the grid is, as each of its nodes sees it. */
@Command(
        name = "status",
        sortOptions = false,
        description = {
            "Asks every node how it is, and shows who leads, how far each has applied the log, and how many locks are"
                    + " held and waited for.",
            "",
            "What a node says is what it knows by itself; a node that lags says older numbers."
        },
        exitCodeList = {
            "0:a quorum of the nodes is ready: the grid serves",
            "1:no quorum of the nodes is ready, or they do not answer",
            "2:it was called wrongly"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "    lockgrid status",
            "    lockgrid status --nodes host1:7701,host2:7701,host3:7701",
            "    lockgrid status --json"
        })
final class StatusCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private GridOptions grid = new GridOptions();

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        GridStatus status = GridStatus.ask(grid);
        PrintWriter out = spec().commandLine().getOut();
        out.println(json ? status.toJson() : status.toText());
        return status.isServing() ? 0 : ExitCodes.FAILED;
    }

    private CommandSpec spec() {
        return java.util.Objects.requireNonNull(spec, "picocli injects it");
    }
}
