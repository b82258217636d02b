package io.lockgrid.testkit.cluster.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** JWTs by which nodes know who calls. They and this process share the secret that it takes to make one. */
final class CallerTokens {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final String secret = UUID.randomUUID().toString();
    private final long endEpochSeconds = Instant.now().plus(Duration.ofDays(1)).getEpochSecond();

    /** What the nodes read from the file of {@code --jwt-secret-file}. */
    String secret() {
        return secret;
    }

    /** A token of an owner of this name: the same whenever it is asked for. */
    String of(String name) {
        try {
            String claims =
                    new JsonMapper().writeValueAsString(Map.of("sub", name, "role", "owner", "exp", endEpochSeconds));
            String signed = base64(HEADER.getBytes(StandardCharsets.UTF_8)) + "."
                    + base64(claims.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
            return signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (JsonProcessingException | GeneralSecurityException e) {
            throw new IllegalStateException("no token can be made for " + name, e);
        }
    }

    private static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
