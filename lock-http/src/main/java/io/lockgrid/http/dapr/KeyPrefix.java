package io.lockgrid.http.dapr;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Who shares a lock: what a store component calls its {@code keyPrefix} (dapr/dapr,
 * pkg/components/lock/lock_config.go).
 */
public enum KeyPrefix {
    /** All callers: the lock is (store, resource), whoever asks. */
    NAME,
    /**
     * The callers of one app: the lock of a caller who sends {@code dapr-app-id} is (store, {@code appid||resource}),
     * which no other resource id of this API can spell. The namespace stays the store, so that the header opens nothing
     * to a caller whose namespaces are restricted.
     */
    APPID;

    static final String SEPARATOR = "||";

    private static final Pattern APP_ID = Pattern.compile("[A-Za-z0-9._-]*");

    /**
     * The one of this name.
     *
     * @throws IllegalArgumentException if there is none, with a line that says which there are
     */
    public static KeyPrefix parse(String name) {
        return switch (name) {
            case "name" -> NAME;
            case "appid" -> APPID;
            default -> throw new IllegalArgumentException("a Dapr key prefix is name or appid, not \"" + name + "\"");
        };
    }

    /** The name of the lock of a resource within its store. */
    String lockName(DaprRequest request) {
        String appId = request.appId();
        if (this == NAME || appId.isEmpty()) {
            return request.resourceId();
        }
        if (!APP_ID.matcher(appId).matches()) {
            throw DaprError.malformed("dapr-app-id has letters, digits, dots, dashes and underscores only");
        }
        return appId + SEPARATOR + request.resourceId();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
