package io.lockgrid.http;

import io.lockgrid.http.auth.Access;
import io.lockgrid.http.dapr.DaprStores;
import io.lockgrid.http.tls.TlsFiles;
import io.lockgrid.statemachine.Limits;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the edge of a node is told.
 *
 * @param host address to listen on
 * @param port 1 to 65535, or 0 for any free one
 * @param eventLoops threads that serve requests, each with its own server on the shared port; 1 to 64
 * @param leaseMax longest lease that a client may ask for, from 1 ms on; a longer one is that family's 400
 * @param waitersPerLock most waiters of a lock, 1 to {@link Limits#WAITERS_PER_LOCK_MAX}; one more is refused
 * @param daprStores lock stores of the Dapr API
 * @param bodyBytesMax longest request body, from 1 KiB on
 * @param nodeId of this node
 * @param clusterName of its cluster
 * @param version of LockGrid
 * @param httpNodes by the ids of all nodes, the addresses ({@code host:port}) at which clients reach their APIs; empty
 *     if they are not to be told
 * @param timeouts how long the edge waits
 * @param access who may call
 * @param limits how much the edge takes at once
 * @param tls where the certificate is that the port shows, or null to serve in plain text
 */
public record HttpConfig(
        String host,
        int port,
        int eventLoops,
        Duration leaseMax,
        int waitersPerLock,
        DaprStores daprStores,
        int bodyBytesMax,
        String nodeId,
        String clusterName,
        String version,
        Map<String, String> httpNodes,
        HttpTimeouts timeouts,
        Access access,
        HttpLimits limits,
        @Nullable TlsFiles tls) {
    /** Longest lease unless told otherwise: a day. */
    public static final Duration LEASE_MAX = Duration.ofHours(24);

    /** Longest body unless told otherwise: 4 MiB, the limit of the Dapr runtime. */
    public static final int BODY_BYTES_MAX = 4 << 20;

    /** @throws IllegalArgumentException if a value is out of range */
    public HttpConfig {
        check(port >= 0 && port <= 65_535, "a port is 0 to 65535");
        check(eventLoops >= 1 && eventLoops <= 64, "there are 1 to 64 event loops");
        check(Limits.isLease(leaseMax.toMillis()), "the longest lease has 1 to " + Limits.LEASE_MILLIS_MAX + " ms");
        check(
                waitersPerLock >= 1 && waitersPerLock <= Limits.WAITERS_PER_LOCK_MAX,
                "a lock has 1 to " + Limits.WAITERS_PER_LOCK_MAX + " waiters, not " + waitersPerLock);
        check(bodyBytesMax >= 1024, "the longest body has at least 1024 bytes");
        httpNodes = Collections.unmodifiableMap(new TreeMap<>(httpNodes));
    }

    /** The defaults, for a node that is reached at {@code host} and {@code port}. */
    public static HttpConfig of(String host, int port, String nodeId, String clusterName, String version) {
        return new HttpConfig(
                host,
                port,
                2,
                LEASE_MAX,
                Limits.WAITERS_PER_LOCK_MAX,
                DaprStores.ANY,
                BODY_BYTES_MAX,
                nodeId,
                clusterName,
                version,
                Map.of(),
                HttpTimeouts.DEFAULT,
                Access.OPEN,
                HttpLimits.DEFAULT,
                null);
    }

    /** The same with other lock stores of the Dapr API. */
    public HttpConfig withDaprStores(DaprStores stores) {
        return changed(draft -> draft.daprStores = stores);
    }

    /** The same with another bound on the waiters of a lock. */
    public HttpConfig withWaitersPerLock(int most) {
        return changed(draft -> draft.waitersPerLock = most);
    }

    /** The same with the addresses of all nodes, by their ids. */
    public HttpConfig withHttpNodes(Map<String, String> addresses) {
        return changed(draft -> draft.httpNodes = addresses);
    }

    /** The same with other timeouts. */
    public HttpConfig withTimeouts(HttpTimeouts other) {
        return changed(draft -> draft.timeouts = other);
    }

    /** The same with others who may call. */
    public HttpConfig withAccess(Access other) {
        return changed(draft -> draft.access = other);
    }

    /** The same with other limits. */
    public HttpConfig withLimits(HttpLimits other) {
        return changed(draft -> draft.limits = other);
    }

    /** The same over TLS. */
    public HttpConfig withTls(TlsFiles files) {
        return changed(draft -> draft.tls = files);
    }

    private HttpConfig changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.toConfig();
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }

    /** What can be changed, on its way from one configuration to another. */
    private static final class Draft {
        private final HttpConfig from;
        private int waitersPerLock;
        private DaprStores daprStores;
        private Map<String, String> httpNodes;
        private HttpTimeouts timeouts;
        private Access access;
        private HttpLimits limits;
        private @Nullable TlsFiles tls;

        Draft(HttpConfig from) {
            this.from = from;
            this.waitersPerLock = from.waitersPerLock;
            this.daprStores = from.daprStores;
            this.httpNodes = from.httpNodes;
            this.timeouts = from.timeouts;
            this.access = from.access;
            this.limits = from.limits;
            this.tls = from.tls;
        }

        HttpConfig toConfig() {
            return new HttpConfig(
                    from.host,
                    from.port,
                    from.eventLoops,
                    from.leaseMax,
                    waitersPerLock,
                    daprStores,
                    from.bodyBytesMax,
                    from.nodeId,
                    from.clusterName,
                    from.version,
                    httpNodes,
                    timeouts,
                    access,
                    limits,
                    tls);
        }
    }
}
