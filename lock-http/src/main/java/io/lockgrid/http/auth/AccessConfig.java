package io.lockgrid.http.auth;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may call a node, and how often, as it is told.
 *
 * @param mode how it finds out who calls
 * @param ownerTokenFile file with the owner token, see {@link OwnerToken}; needed in mode token
 * @param jwt which JWTs are taken in mode jwt
 * @param requestsPerSecond most requests of each caller, 1 to 1,000,000, or 0 for any number
 */
public record AccessConfig(AuthMode mode, Optional<Path> ownerTokenFile, JwtConfig jwt, int requestsPerSecond) {
    /** Nobody is asked who they are. */
    public static final AccessConfig OPEN = new AccessConfig(AuthMode.OPEN, Optional.empty(), JwtConfig.NONE, 0);

    private static final int REQUESTS_PER_SECOND_MAX = 1_000_000;

    /** @throws IllegalArgumentException if something is missing, out of range, or set without having an effect */
    public AccessConfig {
        check(
                requestsPerSecond >= 0 && requestsPerSecond <= REQUESTS_PER_SECOND_MAX,
                "a caller has 1 to " + REQUESTS_PER_SECOND_MAX + " requests a second, or 0 for any number, not "
                        + requestsPerSecond);
        check(
                mode != AuthMode.TOKEN || ownerTokenFile.isPresent(),
                "mode token needs an owner token, without which no access token could ever be created;"
                        + " set --owner-token-file");
        check(
                mode != AuthMode.OPEN || ownerTokenFile.isEmpty(),
                "an owner token has no effect in mode open; set --auth token, or leave --owner-token-file out");
        check(
                mode == AuthMode.JWT || jwt.keys() == 0,
                "a key of JWTs has an effect in mode jwt only; set --auth jwt, or leave the key out");
        check(
                mode != AuthMode.JWT || jwt.keys() == 1,
                "mode jwt needs one key, not " + jwt.keys()
                        + "; set one of --jwt-secret-file, --jwt-public-key-file and --jwt-jwks");
    }

    /** The same with another bound on the requests of each caller. */
    public AccessConfig withRequestsPerSecond(int most) {
        return new AccessConfig(mode, ownerTokenFile, jwt, most);
    }

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }
}
