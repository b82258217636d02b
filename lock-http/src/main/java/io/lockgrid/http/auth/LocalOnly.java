package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps web pages away from a node in mode open. A browser on the same machine reaches a loopback address too, and lets
 * any page send simple requests there, even under the page's own name, if that name is made to stand for 127.0.0.1 (DNS
 * rebinding). Such requests name the page in {@code Origin} or in {@code Host}.
 */
public final class LocalOnly {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|.+\\.localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");

    private final String ownName;

    /** @param ownName the address that the node listens on, under which it may be called too */
    public LocalOnly(String ownName) {
        this.ownName = ownName.toLowerCase(Locale.ROOT);
    }

    /**
     * Refuses a request that a web page may have sent.
     *
     * @throws Failure.Carrier with {@link Failure.Forbidden}
     */
    public void check(Call call) {
        String host = call.host();
        if (host != null && !isLocal(host)) {
            throw refused("host name \"" + host + "\" for a node without authentication; call it 127.0.0.1 or"
                    + " localhost, or start it with --auth token");
        }
        String origin = call.header("Origin");
        if (origin != null && !isLocal(hostOf(origin))) {
            throw refused("node without authentication from the web page " + origin);
        }
    }

    private boolean isLocal(String host) {
        return host.toLowerCase(Locale.ROOT).equals(ownName) || isLoopback(host);
    }

    /** Whether a name or address stands for this machine wherever it is said. */
    static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
    }

    /** The host of an origin (RFC 6454); empty for {@code null}, which a page without an origin of its own sends. */
    private static String hostOf(String origin) {
        try {
            @Nullable String host = URI.create(origin).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static Failure.Carrier refused(String what) {
        return new Failure.Carrier(new Failure.Forbidden(Caller.ANYONE.name(), "the " + what));
    }
}
