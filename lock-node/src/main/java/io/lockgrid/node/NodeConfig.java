package io.lockgrid.node;

import io.lockgrid.http.HttpConfig;
import io.lockgrid.http.HttpLimits;
import io.lockgrid.http.HttpTimeouts;
import io.lockgrid.http.auth.Access;
import io.lockgrid.http.dapr.DaprStores;
import io.lockgrid.http.dapr.KeyPrefix;
import io.lockgrid.http.tls.TlsFiles;
import io.lockgrid.statemachine.Limits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a node is told when it starts. The same peers on every node.
 *
 * @param id of this node, one of the peers
 * @param peers every node of the cluster, this one included
 * @param data folder of this node alone; made if it is not there
 * @param http where and how the APIs are served; only on a loopback address if everybody may call
 * @param electionTimeout without a word from the leader for this long, a follower stands for election; 200 ms to 60 s,
 *     the longest wait is twice that
 * @param peerTls this node's certificate for the other nodes, its key, and the authorities that sign for nodes; null
 *     for plain text
 * @param peersInPlainText whether plain text may be spoken with nodes of other machines
 * @param snapshotEntries log entries between two snapshots, at least 1; 64 MB of log are enough for one, too
 * @param logKeptEntries log entries kept behind a snapshot for followers that were away briefly, at least 0
 */
public record NodeConfig(
        String id,
        PeerList peers,
        Path data,
        HttpConfig http,
        Duration electionTimeout,
        @Nullable TlsFiles peerTls,
        boolean peersInPlainText,
        long snapshotEntries,
        long logKeptEntries) {
    /** What {@code electionTimeout} is unless said otherwise. */
    public static final Duration ELECTION_TIMEOUT = Duration.ofMillis(500);

    /** What {@code snapshotEntries} is unless said otherwise. */
    public static final long SNAPSHOT_ENTRIES = 100_000;

    /** What {@code logKeptEntries} is unless said otherwise. */
    public static final long LOG_KEPT_ENTRIES = 20_000;

    private static final Pattern CLUSTER_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    /**
     * Checks what does not need the disk.
     *
     * @throws NodeStartException if this node is not among the peers, others could reach its APIs, or a value is out of
     *     range
     */
    public NodeConfig {
        if (!peers.contains(id)) {
            throw new NodeStartException("node " + id + " is not in the list of peers (" + peers
                    + "); give --peers the same list on every node, this one included");
        }
        if (peerTls == null && !peersInPlainText && !peers.areOnThisMachine()) {
            throw new NodeStartException("some peers are on other machines (" + peers
                    + "), and in plain text whoever reaches a Raft port can write the log; give --peer-tls-cert,"
                    + " --peer-tls-key and --peer-tls-ca, or --peer-tls=off where nobody else can reach it");
        }
        long millis = electionTimeout.toMillis();
        if (millis < 200 || millis > 60_000) {
            throw new NodeStartException("an election timeout has 200 ms to 60 s, not " + millis + " ms");
        }
        if (snapshotEntries < 1 || logKeptEntries < 0) {
            throw new NodeStartException("snapshots need at least one entry between them, and no negative log behind");
        }
        if (!CLUSTER_NAME.matcher(http.clusterName()).matches()) {
            throw new NodeStartException("\"" + http.clusterName()
                    + "\" is not a cluster name; use 1 to 64 letters, digits, dots, dashes and underscores");
        }
        if (!http.httpNodes().isEmpty() && !http.httpNodes().keySet().equals(peers.ids())) {
            throw new NodeStartException(
                    "--http-nodes names other nodes (" + http.httpNodes().keySet() + ") than --peers (" + peers.ids()
                            + "); give the HTTP address of every peer");
        }
        if (http.access().isOpen() && !isLoopback(http.host())) {
            throw new NodeStartException("the HTTP address " + http.host()
                    + " can be reached from other machines, and in mode open everybody there could take and release"
                    + " locks; set --auth token (or jwt), or give --http-host a loopback address, for example"
                    + " 127.0.0.1");
        }
    }

    /** The defaults, to be changed one by one. */
    public static Builder builder(String id, PeerList peers, Path data) {
        return new Builder(id, peers, data);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new NodeStartException(
                    "the HTTP address \"" + host + "\" is not known here; give --http-host an address of this machine",
                    e);
        }
    }

    /** Plain values, for a caller that does not know the modules that a node is made of. */
    public static final class Builder {
        private final String id;
        private final PeerList peers;
        private final Path data;
        private String clusterName = "lockgrid";
        private String version = "development";
        private String httpHost = "127.0.0.1";
        private int httpPort = 7701;
        private int eventLoops = 2;
        private int bodyBytesMax = HttpConfig.BODY_BYTES_MAX;
        private Duration leaseMax = HttpConfig.LEASE_MAX;
        private int waitersPerLock = Limits.WAITERS_PER_LOCK_MAX;
        private Set<String> daprStores = Set.of();
        private String daprKeyPrefix = KeyPrefix.NAME.toString();
        private Map<String, String> httpNodes = Map.of();
        private NodeAccess access = new NodeAccess();
        private @Nullable TlsFiles tls;
        private HttpLimits limits = HttpLimits.DEFAULT;
        private HttpTimeouts timeouts = HttpTimeouts.DEFAULT;
        private @Nullable TlsFiles peerTls;
        private boolean peersInPlainText;
        private Duration electionTimeout = ELECTION_TIMEOUT;
        private long snapshotEntries = SNAPSHOT_ENTRIES;
        private long logKeptEntries = LOG_KEPT_ENTRIES;

        private Builder(String id, PeerList peers, Path data) {
            this.id = id;
            this.peers = peers;
            this.data = data;
        }

        /** The same on every node; nodes of another name do not talk to this one. */
        public Builder clusterName(String name) {
            clusterName = name;
            return this;
        }

        /** What the node says its version is. */
        public Builder version(String text) {
            version = text;
            return this;
        }

        /** Where the APIs are served; port 0 is any free one. */
        public Builder http(String host, int port) {
            httpHost = host;
            httpPort = port;
            return this;
        }

        /** Threads that serve requests, 1 to 64. */
        public Builder eventLoops(int count) {
            eventLoops = count;
            return this;
        }

        /** Longest body of a request, from 1 KiB on. */
        public Builder bodyBytesMax(int bytes) {
            bodyBytesMax = bytes;
            return this;
        }

        /** Longest lease that a client may ask for, from 1 ms on. */
        public Builder leaseMax(Duration max) {
            leaseMax = max;
            return this;
        }

        /** Most waiters of a lock, 1 to {@link Limits#WAITERS_PER_LOCK_MAX}; one more is refused. */
        public Builder waitersPerLock(int most) {
            waitersPerLock = most;
            return this;
        }

        /** Store names that the Dapr API knows; empty means any. */
        public Builder daprStores(Set<String> names) {
            daprStores = names;
            return this;
        }

        /** Who shares a lock of the Dapr API: {@code name} (all callers) or {@code appid} (those of one app). */
        public Builder daprKeyPrefix(String name) {
            daprKeyPrefix = name;
            return this;
        }

        /** Who may call; everybody unless said otherwise, which is for loopback addresses only. */
        public Builder access(NodeAccess who) {
            access = who;
            return this;
        }

        /**
         * Serves the APIs over TLS: PEM files of a certificate and its key, or neither, and of the authorities one of
         * which must have signed the certificate of every client, or null to ask clients for none.
         *
         * @throws NodeStartException if one is given without the other
         */
        public Builder tls(@Nullable Path certificate, @Nullable Path key, @Nullable Path clientAuthorities) {
            if (certificate != null && key != null) {
                tls = new TlsFiles(certificate, key, clientAuthorities);
            } else if (certificate != null || key != null || clientAuthorities != null) {
                throw new NodeStartException("TLS needs a certificate and its key;"
                        + " give both --tls-cert and --tls-key, --tls-client-ca only beside them");
            }
            return this;
        }

        /**
         * Mutual TLS between the nodes: PEM files of this node's certificate, its key, and the authorities that sign
         * for nodes; or none of them.
         *
         * @throws NodeStartException if some are given and not all
         */
        public Builder peerTls(@Nullable Path certificate, @Nullable Path key, @Nullable Path authorities) {
            if (certificate != null && key != null && authorities != null) {
                peerTls = new TlsFiles(certificate, key, authorities);
            } else if (certificate != null || key != null || authorities != null) {
                throw new NodeStartException("TLS between nodes needs three files;"
                        + " give --peer-tls-cert, --peer-tls-key and --peer-tls-ca, or none of them");
            }
            return this;
        }

        /** Lets nodes of several machines talk in plain text: whoever reaches a Raft port can write the log. */
        public Builder peersInPlainText() {
            peersInPlainText = true;
            return this;
        }

        /**
         * See {@link HttpLimits}.
         *
         * @throws NodeStartException if a value is out of range
         */
        public Builder limits(int connections, int headerBytes, int urlBytes, int streams, int requestsInFlight) {
            limits = inRange(() -> new HttpLimits(connections, headerBytes, urlBytes, streams, requestsInFlight));
            return this;
        }

        /**
         * How long a client may take for the head of a request, for its body, and between two bytes; at least 1 ms.
         *
         * @throws NodeStartException if a value is out of range
         */
        public Builder timeouts(Duration head, Duration body, Duration idle) {
            timeouts = inRange(() -> HttpTimeouts.DEFAULT.with(head, body, idle));
            return this;
        }

        /**
         * Where clients reach the APIs of each node, as {@link PeerList} has it; for clients that look for the nodes.
         */
        public Builder httpNodes(PeerList addresses) {
            httpNodes = addresses.peers().stream().collect(Collectors.toMap(PeerList.Peer::id, PeerList.Peer::address));
            return this;
        }

        /** See {@link NodeConfig#electionTimeout}. */
        public Builder electionTimeout(Duration timeout) {
            electionTimeout = timeout;
            return this;
        }

        /** See {@link NodeConfig#snapshotEntries}. */
        public Builder snapshotEntries(long entries) {
            snapshotEntries = entries;
            return this;
        }

        /** See {@link NodeConfig#logKeptEntries}. */
        public Builder logKeptEntries(long entries) {
            logKeptEntries = entries;
            return this;
        }

        /**
         * The configuration with what was said so far; reads the files that it names.
         *
         * @throws NodeStartException if a value is out of range, or a file cannot be used
         */
        public NodeConfig build() {
            return new NodeConfig(
                    id,
                    peers,
                    data,
                    inRange(this::http),
                    electionTimeout,
                    peerTls,
                    peersInPlainText,
                    snapshotEntries,
                    logKeptEntries);
        }

        private HttpConfig http() {
            return new HttpConfig(
                    httpHost,
                    httpPort,
                    eventLoops,
                    leaseMax,
                    waitersPerLock,
                    new DaprStores(daprStores, KeyPrefix.parse(daprKeyPrefix)),
                    bodyBytesMax,
                    id,
                    clusterName,
                    version,
                    httpNodes,
                    timeouts,
                    Access.read(access.config()),
                    limits,
                    tls);
        }

        private static <T> T inRange(Supplier<T> values) {
            try {
                return values.get();
            } catch (IllegalArgumentException e) {
                throw new NodeStartException(String.valueOf(e.getMessage()), e);
            }
        }
    }
}
