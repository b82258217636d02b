package io.lockgrid.http.auth;

import static io.lockgrid.http.auth.TestJwts.EC;
import static io.lockgrid.http.auth.TestJwts.OTHER_RSA;
import static io.lockgrid.http.auth.TestJwts.RSA;
import static io.lockgrid.http.auth.TestJwts.SECRET;
import static io.lockgrid.http.auth.TestJwts.claims;
import static io.lockgrid.http.auth.TestJwts.forge;
import static io.lockgrid.http.auth.TestJwts.hmac;
import static io.lockgrid.http.auth.TestJwts.hs256;
import static io.lockgrid.http.auth.TestJwts.publicKey;
import static io.lockgrid.http.auth.TestJwts.sign;
import static io.lockgrid.http.auth.TestJwts.signer;
import static io.lockgrid.http.auth.TestJwts.without;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.statemachine.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which JWTs are taken, by which key; and every way in which one was ever taken that should not have been. */
class JwtVerifierTest {
    private static final SetClock CLOCK = new SetClock();
    private static final Instant NOW = SetClock.START;

    @TempDir
    private Path folder;

    /** What a node may be given to verify with. */
    enum Key {
        SECRET,
        RSA_PEM,
        EC_PEM,
        JWKS
    }

    @ParameterizedTest
    @EnumSource
    void jwtOfItsKeyIsTaken(Key key) throws IOException {
        List<String> jwts = switch (key) {
            case SECRET -> List.of(hs256(NOW));
            case RSA_PEM -> List.of(TestJwts.rs256(RSA, claims(NOW)));
            case EC_PEM -> List.of(TestJwts.es256(EC, claims(NOW)));
            case JWKS -> List.of(TestJwts.rs256(RSA, claims(NOW)), TestJwts.es256(EC, claims(NOW)));
        };
        for (String jwt : jwts) {
            assertThat(verifier(key).verify(jwt).caller())
                    .isEqualTo(new Caller("ci", Role.APPLICATION, Namespaces.ALL));
        }
    }

    static Stream<Arguments> forgeries() {
        byte[] pem = TestJwts.pem(publicKey(RSA)).getBytes(StandardCharsets.UTF_8);
        byte[] der = publicKey(RSA).getEncoded();
        byte[] secret = SECRET.getBytes(StandardCharsets.UTF_8);
        JWSHeader hs = new JWSHeader(JWSAlgorithm.HS256);
        String rs = TestJwts.rs256(RSA, claims(NOW));
        String stranger = TestJwts.rs256(OTHER_RSA, claims(NOW));
        return Stream.of(
                        forged("no algorithm", forge("{\"alg\":\"none\"}", claims(NOW), "")),
                        forged("no algorithm, in capitals", forge("{\"alg\":\"NONE\"}", claims(NOW), "")),
                        forged("no algorithm, yet signed", forge("{\"alg\":\"none\"}", claims(NOW), part(rs, 2))),
                        forged("no header", forge("{}", claims(NOW), part(rs, 2))),
                        forged("HS256 by the PEM of the public key", sign(hs, hmac(pem), claims(NOW))),
                        forged(
                                "HS256 by the PEM, stripped",
                                sign(
                                        hs,
                                        hmac(new String(pem, StandardCharsets.UTF_8)
                                                .strip()
                                                .getBytes(StandardCharsets.UTF_8)),
                                        claims(NOW))),
                        forged("HS256 by the bytes of the public key", sign(hs, hmac(der), claims(NOW))),
                        forged("HS256 by no secret", forge("{\"alg\":\"HS256\"}", claims(NOW), "")),
                        forged(
                                "HS512 by the secret",
                                sign(new JWSHeader(JWSAlgorithm.HS512), hmac(Arrays.copyOf(secret, 64)), claims(NOW))),
                        forged("PS256 by the key", sign(new JWSHeader(JWSAlgorithm.PS256), signer(RSA), claims(NOW))),
                        forged("RS512 by the key", sign(new JWSHeader(JWSAlgorithm.RS512), signer(RSA), claims(NOW))),
                        forged("another RSA key", stranger),
                        forged(
                                "another RSA key under the known id",
                                sign(
                                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                                .keyID(RSA.getKeyID())
                                                .build(),
                                        signer(OTHER_RSA),
                                        claims(NOW))),
                        forged("another EC key", TestJwts.es256(TestJwts.ec("ec-1", Curve.P_256), claims(NOW))),
                        forged(
                                "ES384",
                                sign(
                                        new JWSHeader(JWSAlgorithm.ES384),
                                        signer(TestJwts.ec("x", Curve.P_384)),
                                        claims(NOW))),
                        forged("ES256 of zeros", forge("{\"alg\":\"ES256\"}", claims(NOW), "A".repeat(86))),
                        forged(
                                "its own key in the header",
                                sign(
                                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                                .jwk(OTHER_RSA.toPublicJWK())
                                                .build(),
                                        signer(OTHER_RSA),
                                        claims(NOW))),
                        forged(
                                "a header that must be understood",
                                forge("{\"alg\":\"RS256\",\"crit\":[\"x\"],\"x\":1}", claims(NOW), part(rs, 2))),
                        forged(
                                "a type of something else",
                                sign(
                                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                                .type(new JOSEObjectType("logout+jwt"))
                                                .build(),
                                        hmac(secret),
                                        claims(NOW))),
                        forged(
                                "other claims",
                                part(rs, 0) + "." + part(stranger, 1).replace('e', 'f') + "." + part(rs, 2)),
                        forged("no signature", part(rs, 0) + "." + part(rs, 1) + "."),
                        forged("half a signature", rs.substring(0, rs.length() - 40)),
                        forged("nothing", ".."),
                        forged("no base64", "%%.%%.%%"))
                .flatMap(forged -> Arrays.stream(Key.values()).map(key -> arguments(forged.name, key, forged.jwt)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("forgeries")
    void forgeryIsRefused(String name, Key key, String jwt) throws IOException {
        assertRefused(verifier(key), jwt);
    }

    static Stream<Arguments> badClaims() {
        long now = NOW.getEpochSecond();
        return Stream.of(
                arguments("no end", without(claims(NOW), "exp")),
                arguments("an end that is null", claims(NOW, "exp", null)),
                arguments("an end in words", claims(NOW, "exp", "2099-01-01")),
                arguments("an end that passed just now", claims(NOW, "exp", now - 30)),
                arguments("a beginning that is to come", claims(NOW, "nbf", now + 31)),
                arguments("nobody", without(claims(NOW), "sub")),
                arguments("nobody by null", claims(NOW, "sub", null)),
                arguments("nobody by name", claims(NOW, "sub", "")),
                arguments("a name too long", claims(NOW, "sub", "é".repeat(257))),
                arguments("no namespace", claims(NOW, "namespaces", List.of())),
                arguments("no namespace in a text", claims(NOW, "namespaces", " , ")),
                arguments("a namespace that is empty", claims(NOW, "namespaces", "ci/*,")),
                arguments("a number for a namespace", claims(NOW, "namespaces", List.of("a", 7))),
                arguments("null for namespaces", claims(NOW, "namespaces", null)),
                arguments("an object for namespaces", claims(NOW, "namespaces", Map.of("a", 1))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badClaims")
    void jwtWithBadClaimsIsRefused(String name, Map<String, Object> claims) throws IOException {
        assertRefused(verifier(Key.RSA_PEM), TestJwts.rs256(RSA, claims));
    }

    @Test
    void clocksMayBeApartByTheSkew() throws IOException {
        long now = NOW.getEpochSecond();
        JwtVerifier verifier = verifier(Key.SECRET);
        assertThat(verifier.verify(hs256(NOW, "exp", now - 29)).endMillis()).isEqualTo((now + 1) * 1_000);
        assertThat(verifier.verify(hs256(NOW, "nbf", now + 29)).caller().name()).isEqualTo("ci");
        JwtConfig exact = config(secretFile(), Duration.ZERO, Optional.empty(), Optional.empty());
        assertRefused(new JwtVerifier(exact, CLOCK), hs256(NOW, "exp", now));
        assertThat(new JwtVerifier(exact, CLOCK)
                        .verify(hs256(NOW, "exp", now + 1))
                        .caller()
                        .name())
                .isEqualTo("ci");
    }

    @Test
    void issuerAndAudienceMustBeThoseThatAreSet() throws IOException {
        JwtConfig config = config(secretFile(), Duration.ZERO, Optional.of("https://issuer"), Optional.of("lockgrid"));
        JwtVerifier verifier = new JwtVerifier(config, CLOCK);
        Object[] right = {"iss", "https://issuer", "aud", List.of("other", "lockgrid")};
        assertThat(verifier.verify(hs256(NOW, right)).caller().name()).isEqualTo("ci");
        assertRefused(verifier, hs256(NOW, "iss", "https://issuer", "aud", "other"));
        assertRefused(verifier, hs256(NOW, "iss", "https://issuer"));
        assertRefused(verifier, hs256(NOW, "iss", "https://issuer/", "aud", "lockgrid"));
        assertRefused(verifier, hs256(NOW, "aud", "lockgrid"));
    }

    @Test
    void roleIsTheHighestThatIsNamedAndElseMember() throws IOException {
        JwtVerifier verifier = verifier(Key.SECRET);
        Map<Object, Role> roles = Map.of(
                "owner",
                Role.OWNER,
                "member",
                Role.MEMBER,
                "Owner",
                Role.MEMBER,
                "admin",
                Role.MEMBER,
                7,
                Role.MEMBER,
                List.of("x", "application", "member"),
                Role.APPLICATION,
                List.of(),
                Role.MEMBER);
        roles.forEach((claim, role) -> assertThat(
                        verifier.verify(hs256(NOW, "role", claim)).caller().role())
                .as(claim.toString())
                .isEqualTo(role));
        assertThat(verifier.verify(hs256(NOW, "role", null)).caller().role()).isEqualTo(Role.MEMBER);
    }

    @Test
    void namespacesAreThoseOfTheClaim() throws IOException {
        JwtVerifier verifier = verifier(Key.SECRET);
        for (Object claim : new Object[] {List.of("ci/*", "db"), "ci/*, db"}) {
            Namespaces namespaces =
                    verifier.verify(hs256(NOW, "namespaces", claim)).caller().namespaces();
            assertThat(namespaces.include("ci/main")).isTrue();
            assertThat(namespaces.include("db")).isTrue();
            assertThat(namespaces.include("db2")).isFalse();
        }
    }

    @Test
    void noDamagedJwtIsTakenOrCausesAnythingElse() throws IOException {
        JwtVerifier verifier = verifier(Key.SECRET);
        String good = hs256(NOW);
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder bad = new StringBuilder(good);
            int at = random.nextInt(good.lastIndexOf('.'));
            bad.setCharAt(at, (char) ('!' + random.nextInt(94)));
            if (!bad.toString().equals(good)) {
                assertRefused(verifier, bad.toString());
            }
        }
    }

    static Stream<Arguments> badKeys() {
        return Stream.of(
                arguments("secret", "31-bytes-are-one-too-few-......", "holds fewer than 32 bytes, which HS256 needs"),
                arguments("pem", "", "it is not of the form -----BEGIN PUBLIC KEY-----"),
                arguments(
                        "pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----", "it is not of the form"),
                arguments(
                        "pem",
                        "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                        "its key is neither RSA nor EC"),
                arguments(
                        "pem",
                        TestJwts.pem(publicKey(TestJwts.ec("x", Curve.P_384))),
                        "an EC key is on the curve P-256"),
                arguments("jwks", "{}", "holds no JSON Web Key Set"),
                arguments("jwks", "[]", "holds no JSON Web Key Set"),
                arguments("http://issuer.example/keys", "", "is not https"),
                arguments("https:keys", "", "is not https"),
                arguments("http://%%", "", "--jwt-jwks"));
    }

    @ParameterizedTest
    @MethodSource("badKeys")
    void keyThatCannotBeUsedIsOneLineThatDoesNotShowIt(String kind, String content, String line) throws IOException {
        Path file = Files.writeString(folder.resolve("key"), content);
        JwtConfig config = switch (kind) {
            case "secret" -> config(file, Duration.ZERO, Optional.empty(), Optional.empty());
            case "pem" -> pem(file);
            case "jwks" -> TestJwts.jwks(file.toString());
            default -> TestJwts.jwks(kind);
        };
        assertThatThrownBy(() -> new JwtVerifier(config, CLOCK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line)
                .hasMessageNotContainingAny("31-bytes", "\n");
    }

    private static void assertRefused(JwtVerifier verifier, String jwt) {
        assertThatThrownBy(() -> verifier.verify(jwt))
                .isInstanceOfSatisfying(
                        Failure.Carrier.class,
                        e -> assertThat(Failure.of(e))
                                .isInstanceOfSatisfying(
                                        Failure.Unauthenticated.class,
                                        failure -> assertThat(failure.why())
                                                .startsWith("the token is refused: ")
                                                .doesNotContain(SECRET)));
    }

    private JwtVerifier verifier(Key key) throws IOException {
        Path file = folder.resolve("key");
        JwtConfig config = switch (key) {
            case SECRET -> config(secretFile(), JwtConfig.CLOCK_SKEW, Optional.empty(), Optional.empty());
            case RSA_PEM -> pem(Files.writeString(file, TestJwts.pem(publicKey(RSA))));
            case EC_PEM -> pem(Files.writeString(file, TestJwts.pem(publicKey(EC))));
            case JWKS ->
                TestJwts.jwks(Files.writeString(file, TestJwts.jwks(RSA, EC)).toString());
        };
        return new JwtVerifier(config, CLOCK);
    }

    private Path secretFile() throws IOException {
        return Files.writeString(folder.resolve("secret"), SECRET + "\n");
    }

    private static JwtConfig pem(Path file) {
        JwtConfig none = JwtConfig.NONE;
        return new JwtConfig(
                none.secretFile(),
                Optional.of(file),
                none.jwks(),
                none.clockSkew(),
                none.issuer(),
                none.audience(),
                none.roleClaim());
    }

    private static JwtConfig config(Path secret, Duration skew, Optional<String> issuer, Optional<String> audience) {
        return new JwtConfig(
                Optional.of(secret), Optional.empty(), Optional.empty(), skew, issuer, audience, JwtConfig.ROLE_CLAIM);
    }

    private static String part(String jwt, int index) {
        return jwt.split("\\.", -1)[index];
    }

    private static Forged forged(String name, String jwt) {
        return new Forged(name, jwt);
    }

    private record Forged(String name, String jwt) {}
}
