package io.lockgrid.http.auth;

import io.lockgrid.http.wire.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What a request shows to say who sent it.
 *
 * @param user the name that came with the secret (HTTP Basic), or null; if it is there, it must be the caller's own
 * @param secret an access token or a JWT
 */
public record Credential(@Nullable String user, String secret) {
    /** What the header {@code Authorization: Bearer} holds (RFC 6750), or null. */
    public static @Nullable Credential bearer(Call call) {
        String secret = call.authorization("Bearer");
        return secret == null ? null : new Credential(null, secret);
    }

    /** What the header {@code Authorization: Basic} holds (RFC 7617), or null. */
    public static @Nullable Credential basic(Call call) {
        String encoded = call.authorization("Basic");
        if (encoded == null) {
            return null;
        }
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : new Credential(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Never the secret: texts end up in logs. */
    @Override
    public String toString() {
        return "a credential of " + (user == null ? "nobody by name" : user);
    }
}
