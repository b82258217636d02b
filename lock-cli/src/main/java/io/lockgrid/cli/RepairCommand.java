package io.lockgrid.cli;

import io.lockgrid.node.LogRepair;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockgrid repair}: brings back a node that does not start on its log, where that loses nothing. */
@Command(
        name = "repair",
        sortOptions = false,
        description = {
            "Brings back a node that does not start because its log is damaged, on the node's own machine.",
            "",
            "It cuts off what an interrupted write (a power loss) left at the end of the log: no node was told of it."
                    + " The file as it was is kept beside the new one. Any other damage is to something that the node"
                    + " may have answered for: then nothing is changed, and it says how to replace the node."
        },
        exitCodeList = {
            "0:the log is repaired, or was not damaged",
            "1:it cannot be repaired; one line says why and what to do",
            "2:it was called wrongly"
        },
        footerHeading = "%nExample:%n",
        footer = "    lockgrid repair --data /var/lib/lockgrid")
final class RepairCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--data",
            required = true,
            paramLabel = "DIR",
            description = "Data folder of the node, which must not run.")
    private Path data = Path.of("");

    @Override
    public Integer call() {
        PrintWriter out =
                Objects.requireNonNull(spec, "picocli injects it").commandLine().getOut();
        LogRepair.repair(data.toAbsolutePath().normalize()).forEach(out::println);
        return 0;
    }
}
