package io.lockgrid.http.auth;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Who may call a node, as it is told.
 *
 * @param mode how it finds out who calls
 * @param ownerTokenFile file with the owner token, see {@link OwnerToken}; needed in mode token
 * @param jwt which JWTs are taken in mode jwt
 */
public record AccessConfig(AuthMode mode, Optional<Path> ownerTokenFile, JwtConfig jwt) {
    /** Nobody is asked who they are. */
    public static final AccessConfig OPEN = new AccessConfig(AuthMode.OPEN, Optional.empty(), JwtConfig.NONE);

    /** @throws IllegalArgumentException if something is missing, or set without having an effect */
    public AccessConfig {
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

    private static void check(boolean ok, String rule) {
        if (!ok) {
            throw new IllegalArgumentException(rule);
        }
    }
}
