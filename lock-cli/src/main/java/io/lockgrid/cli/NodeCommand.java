package io.lockgrid.cli;

import io.lockgrid.node.LockNode;
import io.lockgrid.node.NodeConfig;
import io.lockgrid.node.PeerList;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lockgrid node}: a member of the grid, until the process is told to end. Its options are its configuration. */
@Command(
        name = "node",
        sortOptions = false,
        showDefaultValues = false,
        description = {
            "Starts a node: a member of a grid, with the lock APIs over HTTP.",
            "",
            "It serves until it gets SIGTERM or SIGINT; then it takes no more requests, answers those under way, hands"
                    + " the leadership over, closes its log, and ends with 0.",
            "",
            "Each option can also be a variable (--http-port: LOCKGRID_HTTP_PORT) or a line of the --config file"
                    + " (http-port=7701). A flag comes before the variable, the variable before the file."
        },
        exitCodeList = {
            "0:the node was told to end and did",
            "1:it cannot start; one line says why and what to do",
            "2:it was called wrongly",
            "70:it could no longer keep its promises (its log failed, say) and ended itself; its log says why"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  Alone, to try it:",
            "    lockgrid node --id n1 --peers n1=127.0.0.1:7801 --data data/n1",
            "  One of three hosts; the same list on each:",
            "    lockgrid node --id n2 --peers n1=host1:7801,n2=host2:7801,n3=host3:7801 \\",
            "      --data /var/lib/lockgrid \\",
            "      --peer-tls-cert n2.crt --peer-tls-key n2.key --peer-tls-ca nodes-ca.crt",
            "  With variables:",
            "    LOCKGRID_ID=n2 LOCKGRID_LEASE_MAX=1h \\",
            "      lockgrid node --config /etc/lockgrid.properties"
        })
final class NodeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--id",
            required = true,
            paramLabel = "ID",
            description = {
                "Id of this node, one of the peers: 1 to 64 letters, digits, dots, dashes and underscores.",
                "The data folder belongs to it: it cannot change later."
            })
    private String id = "";

    @Option(
            names = "--peers",
            required = true,
            paramLabel = "ID=HOST:PORT,…",
            description = {
                "Every node of the grid, this one included, and the address of its Raft port; 1 to 9 nodes.",
                "The same list on every node. It cannot change later."
            })
    private String peers = "";

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FOLDER",
            description = {
                "Folder of this node alone, for its log and its snapshots; made if it is not there.",
                "A node that lost it must not come back under the same id."
            })
    private Path data = Path.of("");

    @Option(
            names = "--http-host",
            paramLabel = "HOST",
            defaultValue = "127.0.0.1",
            description = {
                "Address that the lock APIs are served on. Default: ${DEFAULT-VALUE}.",
                "Any other than a loopback address needs --auth token or jwt."
            })
    private String httpHost = "";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "7701",
            description = "Port that the lock APIs are served on: 1 to 65535, or 0 for any free one."
                    + " Default: ${DEFAULT-VALUE}.")
    private int httpPort;

    @Mixin
    private AccessOptions access = new AccessOptions();

    @Mixin
    private TlsOptions tls = new TlsOptions();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Option(
            names = "--cluster-name",
            paramLabel = "NAME",
            defaultValue = "lockgrid",
            description = {
                "Name of the grid: 1 to 64 letters, digits, dots, dashes and underscores. Default: ${DEFAULT-VALUE}.",
                "The same on every node; nodes of another name do not talk to this one."
            })
    private String clusterName = "";

    @Option(
            names = "--lease-max",
            paramLabel = "TIME",
            defaultValue = "24h",
            description = {
                "Longest lease that a client may ask for: from 1ms on, for example 30s, 5m, 24h."
                        + " Default: ${DEFAULT-VALUE}.",
                "A longer one is refused as that API's bad request. Leases that run are not touched."
            })
    private Duration leaseMax = Duration.ZERO;

    @Option(
            names = "--waiters-per-lock",
            paramLabel = "NUMBER",
            defaultValue = "50000",
            description = "Most tickets that may wait for one lock: 1 to 50000. Default: ${DEFAULT-VALUE}."
                    + " One more is refused, 429 in the sfp API.")
    private int waitersPerLock;

    @Option(
            names = "--dapr-stores",
            split = ",",
            paramLabel = "NAME",
            description = {
                "Store names that the Dapr API knows; another one is answered as an unknown store.",
                "Default: any name."
            })
    private Set<String> daprStores = new LinkedHashSet<>();

    @Option(
            names = "--dapr-key-prefix",
            paramLabel = "name|appid",
            defaultValue = "name",
            description = {
                "Who shares a lock of the Dapr API: name is all callers, appid those who send the same dapr-app-id."
                        + " Default: ${DEFAULT-VALUE}.",
                "The same on every node, and as long as locks are held."
            })
    private String daprKeyPrefix = "";

    @Option(
            names = "--http-nodes",
            paramLabel = "ID=HOST:PORT,…",
            description = {
                "Where clients reach the lock APIs of every node, this one included; the same list on every node.",
                "For OpenSearch clients that look for the nodes by themselves (sniffing). Default: they are told that"
                        + " nobody knows."
            })
    private @Nullable String httpNodes;

    @Option(
            names = "--election-timeout",
            paramLabel = "TIME",
            defaultValue = "500ms",
            description = {
                "How long a follower waits for a word of the leader before it stands for election: 200ms to 60s, the"
                        + " longest wait is twice that. Default: ${DEFAULT-VALUE}.",
                "Shorter: a dead leader is replaced sooner. Longer: a slow network does not cost the leader its place."
            })
    private Duration electionTimeout = Duration.ZERO;

    @Option(
            names = "--snapshot-entries",
            paramLabel = "NUMBER",
            defaultValue = "100000",
            description = {
                "Log entries between two snapshots, from 1 on; 64 MB of log are enough for one, too. Default:"
                        + " ${DEFAULT-VALUE}.",
                "Fewer: a restart is quicker and the log smaller, at the price of more writing."
            })
    private long snapshotEntries;

    @Option(
            names = "--log-kept-entries",
            paramLabel = "NUMBER",
            defaultValue = "20000",
            description = {
                "Log entries kept behind a snapshot, from 0 on. Default: ${DEFAULT-VALUE}.",
                "A node that was away for fewer entries catches up from the log, else it gets a whole snapshot."
            })
    private long logKeptEntries;

    @Option(
            names = "--event-loops",
            paramLabel = "NUMBER",
            defaultValue = "2",
            description = "Threads that serve HTTP requests: 1 to 64. Default: ${DEFAULT-VALUE}.")
    private int eventLoops;

    @Option(
            names = "--body-bytes-max",
            paramLabel = "BYTES",
            defaultValue = "4194304",
            description = {
                "Longest body of a request, in bytes, from 1024 on. Default: ${DEFAULT-VALUE} (4 MiB).",
                "A longer one is refused."
            })
    private int bodyBytesMax;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Properties file (UTF-8) with any of these options, a line each: http-port=7701.")
    @SuppressWarnings("UnusedVariable") // OptionSources asks picocli for it.
    private @Nullable Path config;

    @Override
    public Integer call() throws InterruptedException {
        passOnWhatLibrariesLog();
        LockNode node = LockNode.start(config());
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("lockgrid-stop").unstarted(() -> stop(node)));
        String line = "node " + id + " of " + clusterName + " serves " + tls.scheme() + "://" + httpHost + ":"
                + node.httpPort();
        spec().commandLine().getOut().println(line);
        new CountDownLatch(1).await();
        return 0;
    }

    /** What the node is told, from all sources. */
    NodeConfig config() {
        NodeConfig.Builder config = NodeConfig.builder(
                id, PeerList.parse(peers), data.toAbsolutePath().normalize());
        tls.tell(config);
        limits.tell(config);
        if (httpNodes != null) {
            config.httpNodes(PeerList.parse("--http-nodes", httpNodes));
        }
        return config.clusterName(clusterName)
                .version(Main.Version.text())
                .http(httpHost, httpPort)
                .eventLoops(eventLoops)
                .bodyBytesMax(bodyBytesMax)
                .leaseMax(leaseMax)
                .waitersPerLock(waitersPerLock)
                .daprStores(daprStores)
                .daprKeyPrefix(daprKeyPrefix)
                .access(access.access())
                .electionTimeout(electionTimeout)
                .snapshotEntries(snapshotEntries)
                .logKeptEntries(logKeptEntries)
                .build();
    }

    /** The gRPC inside Ratis logs by java.util.logging: its lines go where all others go. */
    private static void passOnWhatLibrariesLog() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }

    /** Runs while the JVM ends, which by itself would report the signal as its exit code. */
    private static void stop(LockNode node) {
        int code = 0;
        try {
            node.close();
        } catch (RuntimeException e) {
            LoggerFactory.getLogger(NodeCommand.class).error("the node did not stop cleanly", e);
            code = ExitCodes.FAILED;
        }
        Runtime.getRuntime().halt(code);
    }

    private CommandSpec spec() {
        return java.util.Objects.requireNonNull(spec, "picocli injects it");
    }
}
