package io.lockgrid.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
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

    @Option(
            names = "--nodes",
            split = ",",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:7701,http://127.0.0.1:7702,http://127.0.0.1:7703",
            description = {
                "HTTP address of every node of the grid, with or without http://; a quorum is more than half of them.",
                "Also the variable LOCKGRID_NODES. Default: ports 7701, 7702 and 7703 of 127.0.0.1."
            })
    private List<String> nodes = new ArrayList<>();

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    @Override
    public Integer call() throws InterruptedException {
        GridStatus status =
                GridStatus.ask(nodes.stream().map(this::address).distinct().toList());
        PrintWriter out = spec().commandLine().getOut();
        out.println(json ? status.toJson() : status.toText());
        return status.isServing() ? 0 : ExitCodes.FAILED;
    }

    private URI address(String text) {
        String url = text.strip();
        try {
            URI address = URI.create(url.contains("://") ? url : "http://" + url);
            if (List.of("http", "https").contains(address.getScheme()) && address.getHost() != null) {
                return address;
            }
        } catch (IllegalArgumentException e) {
            // Not an address: said below.
        }
        throw new ParameterException(
                spec().commandLine(),
                "\"" + text + "\" is not the address of a node; write --nodes http://host1:7701,http://host2:7701");
    }

    private CommandSpec spec() {
        return java.util.Objects.requireNonNull(spec, "picocli injects it");
    }
}
