package io.lockgrid.node;

import io.lockgrid.http.auth.AccessConfig;
import io.lockgrid.http.auth.AuthMode;
import io.lockgrid.http.auth.JwtConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may call a node, and how often, said in plain values; what is null or not said is as if it were not set. */
public final class NodeAccess {
    private String mode = "open";
    private int requestsPerSecond;
    private @Nullable Path ownerTokenFile;
    private @Nullable Path jwtSecretFile;
    private @Nullable Path jwtPublicKeyFile;
    private @Nullable String jwtJwks;
    private @Nullable String jwtIssuer;
    private @Nullable String jwtAudience;
    private Duration jwtClockSkew = JwtConfig.CLOCK_SKEW;
    private String jwtRoleClaim = JwtConfig.ROLE_CLAIM;

    /**
     * How the node finds out who calls: {@code open} (not at all, on a loopback address), {@code token}, {@code jwt}.
     */
    public NodeAccess mode(String name) {
        mode = name;
        return this;
    }

    /** File with the owner token, which mode token needs: 16 to 512 printable characters without a space. */
    public NodeAccess ownerTokenFile(@Nullable Path file) {
        ownerTokenFile = file;
        return this;
    }

    /** Most requests of each caller on this node, 1 to 1,000,000, or 0 for any number. */
    public NodeAccess requestsPerSecond(int most) {
        requestsPerSecond = most;
        return this;
    }

    /** File with the secret of JWTs signed by HS256: at least 32 bytes. */
    public NodeAccess jwtSecretFile(@Nullable Path file) {
        jwtSecretFile = file;
        return this;
    }

    /** PEM file with the public key of JWTs signed by RS256 or ES256. */
    public NodeAccess jwtPublicKeyFile(@Nullable Path file) {
        jwtPublicKeyFile = file;
        return this;
    }

    /** File or URL of the JSON Web Key Set of JWTs signed by RS256 or ES256. */
    public NodeAccess jwtJwks(@Nullable String fileOrUrl) {
        jwtJwks = fileOrUrl;
        return this;
    }

    /** What the claim {@code iss} must be. */
    public NodeAccess jwtIssuer(@Nullable String issuer) {
        jwtIssuer = issuer;
        return this;
    }

    /** What the claim {@code aud} must contain. */
    public NodeAccess jwtAudience(@Nullable String audience) {
        jwtAudience = audience;
        return this;
    }

    /** How far the clocks of the issuer and of this node may be apart, 0 to 5 minutes. */
    public NodeAccess jwtClockSkew(Duration skew) {
        jwtClockSkew = skew;
        return this;
    }

    /** The claim that names the role. */
    public NodeAccess jwtRoleClaim(String name) {
        jwtRoleClaim = name;
        return this;
    }

    /** @throws IllegalArgumentException if something is missing, unknown, or set without having an effect */
    AccessConfig config() {
        AuthMode known = Arrays.stream(AuthMode.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(mode))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + mode + "\" is no mode of authentication; --auth is open, token or jwt"));
        JwtConfig jwt = new JwtConfig(
                Optional.ofNullable(jwtSecretFile),
                Optional.ofNullable(jwtPublicKeyFile),
                Optional.ofNullable(jwtJwks),
                jwtClockSkew,
                Optional.ofNullable(jwtIssuer),
                Optional.ofNullable(jwtAudience),
                jwtRoleClaim);
        return new AccessConfig(known, Optional.ofNullable(ownerTokenFile), jwt, requestsPerSecond);
    }
}
