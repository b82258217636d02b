package io.lockgrid.http.auth;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which JSON Web Tokens (RFC 7519) are taken. One of the three keys is set, or none where JWTs are not taken.
 *
 * @param secretFile file with the secret of HS256, at least 32 bytes
 * @param publicKeyFile PEM file with a public key: RSA (RS256) or P-256 (ES256)
 * @param jwks file or URL of a JSON Web Key Set (RFC 7517)
 * @param clockSkew how far the clocks of the issuer and of this node may be apart, 0 to 5 minutes
 * @param issuer what the claim {@code iss} must be, if anything
 * @param audience what the claim {@code aud} must contain, if anything
 * @param roleClaim the claim that names the role
 */
public record JwtConfig(
        Optional<Path> secretFile,
        Optional<Path> publicKeyFile,
        Optional<String> jwks,
        Duration clockSkew,
        Optional<String> issuer,
        Optional<String> audience,
        String roleClaim) {
    /** How far clocks may be apart unless told otherwise. */
    public static final Duration CLOCK_SKEW = Duration.ofSeconds(30);

    /** The claim that names the role unless told otherwise. */
    public static final String ROLE_CLAIM = "role";

    private static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

    /** No key, and defaults for the rest. */
    public static final JwtConfig NONE = new JwtConfig(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            CLOCK_SKEW,
            Optional.empty(),
            Optional.empty(),
            ROLE_CLAIM);

    /** @throws IllegalArgumentException if a value is out of range */
    public JwtConfig {
        if (clockSkew.isNegative() || clockSkew.compareTo(CLOCK_SKEW_MAX) > 0) {
            throw new IllegalArgumentException(
                    "the clock skew of JWTs is 0s to 5m, not " + clockSkew.toSeconds() + "s");
        }
        if (roleClaim.isEmpty()) {
            throw new IllegalArgumentException("the claim that names the role needs a name");
        }
    }

    /** How many keys are set; more than one would let a token choose between them. */
    int keys() {
        return (int) Stream.of(secretFile, publicKeyFile, jwks)
                .filter(Optional::isPresent)
                .count();
    }
}
