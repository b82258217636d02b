package io.lockgrid.cli;

import io.lockgrid.node.NodeAccess;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of {@code lockgrid node} that say who may call it, and how often. */
final class AccessOptions {
    @Option(
            names = "--auth",
            paramLabel = "MODE",
            defaultValue = "open",
            description = {
                "How the node finds out who calls. Default: ${DEFAULT-VALUE}.",
                "open: not at all; everybody may do everything, and only a loopback address is served.",
                "token: by access tokens (lockgrid token create) and the owner token.",
                "jwt: by JSON Web Tokens; access tokens are taken too."
            })
    private String mode = "";

    @Option(
            names = "--owner-token-file",
            paramLabel = "FILE",
            description = {
                "File with the owner token, 16 to 512 printable characters: who shows it may do everything, such as"
                        + " to create access tokens. Read once.",
                "Needed with --auth token."
            })
    private @Nullable Path ownerTokenFile;

    @Option(
            names = "--jwt-secret-file",
            paramLabel = "FILE",
            description = {
                "File with the secret of JWTs that are signed by HS256: at least 32 bytes.",
                "With --auth jwt one of this, --jwt-public-key-file and --jwt-jwks is needed; it alone decides which"
                        + " algorithm a JWT may have."
            })
    private @Nullable Path jwtSecretFile;

    @Option(
            names = "--jwt-public-key-file",
            paramLabel = "FILE",
            description = "PEM file with the public key of JWTs that are signed by RS256 (RSA) or ES256 (P-256).")
    private @Nullable Path jwtPublicKeyFile;

    @Option(
            names = "--jwt-jwks",
            paramLabel = "FILE|URL",
            description = {
                "JSON Web Key Set with the public keys of JWTs that are signed by RS256 or ES256: a file, or an https"
                        + " URL.",
                "New keys are seen at once, removed ones within a minute."
            })
    private @Nullable String jwtJwks;

    @Option(
            names = "--jwt-issuer",
            paramLabel = "TEXT",
            description = "What the claim iss of a JWT must be. Default: anything.")
    private @Nullable String jwtIssuer;

    @Option(
            names = "--jwt-audience",
            paramLabel = "TEXT",
            description = "What the claim aud of a JWT must contain. Default: anything.")
    private @Nullable String jwtAudience;

    @Option(
            names = "--jwt-clock-skew",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "How far the clocks of the issuer and of this node may be apart: 0s to 5m."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration jwtClockSkew = Duration.ZERO;

    @Option(
            names = "--jwt-role-claim",
            paramLabel = "NAME",
            defaultValue = "role",
            description = "The claim of a JWT that names the role: owner, application or member. Default:"
                    + " ${DEFAULT-VALUE}. Without one of these it is member.")
    private String jwtRoleClaim = "";

    @Option(
            names = "--requests-per-second",
            paramLabel = "NUMBER",
            defaultValue = "0",
            description = {
                "Most requests of each caller, by the name of their token, that this node takes in a second: 1 to"
                        + " 1000000, or 0 for any number. Default: ${DEFAULT-VALUE}.",
                "More are answered 429 with Retry-After. In mode open all callers are one."
            })
    private int requestsPerSecond;

    NodeAccess access() {
        return new NodeAccess()
                .mode(mode)
                .requestsPerSecond(requestsPerSecond)
                .ownerTokenFile(ownerTokenFile)
                .jwtSecretFile(jwtSecretFile)
                .jwtPublicKeyFile(jwtPublicKeyFile)
                .jwtJwks(jwtJwks)
                .jwtIssuer(jwtIssuer)
                .jwtAudience(jwtAudience)
                .jwtClockSkew(jwtClockSkew)
                .jwtRoleClaim(jwtRoleClaim);
    }
}
