package io.lockgrid.http.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.proc.SingleKeyJWSKeySelector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that JWTs are verified with. The kind of the key decides which algorithm is taken; what a JWT says of itself
 * only has to agree (RFC 8725, sections 3.1 and 3.2).
 */
final class JwtKeys {
    private static final int SECRET_BYTES_MIN = 32;
    private static final int RSA_BITS_MIN = 2_048;
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");

    private JwtKeys() {}

    /** @throws IllegalArgumentException with one line, none of it from the files, if one cannot be used */
    static JWSKeySelector<SecurityContext> read(JwtConfig config, InstantSource clock) {
        if (config.secretFile().isPresent()) {
            byte[] secret = secret(config.secretFile().get());
            return new SingleKeyJWSKeySelector<>(JWSAlgorithm.HS256, new SecretKeySpec(secret, "HmacSHA256"));
        }
        if (config.publicKeyFile().isPresent()) {
            PublicKey key = publicKey(config.publicKeyFile().get());
            boolean isRsa = key instanceof RSAPublicKey;
            return new SingleKeyJWSKeySelector<>(isRsa ? JWSAlgorithm.RS256 : JWSAlgorithm.ES256, key);
        }
        Jwks keys = Jwks.of(config.jwks().orElseThrow(), clock);
        return new JWSVerificationKeySelector<>(Set.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256), keys);
    }

    /** The bytes of the file, without the white space that editors leave around them. */
    private static byte[] secret(Path file) {
        byte[] secret = new String(Secrets.read(file, "--jwt-secret-file"), StandardCharsets.ISO_8859_1)
                .strip()
                .getBytes(StandardCharsets.ISO_8859_1);
        if (secret.length < SECRET_BYTES_MIN) {
            throw new IllegalArgumentException("the file " + file + " (--jwt-secret-file) holds fewer than "
                    + SECRET_BYTES_MIN + " bytes, which HS256 needs; make a secret with: openssl rand -hex 32");
        }
        return secret;
    }

    private static PublicKey publicKey(Path file) {
        Matcher pem = PEM.matcher(new String(Secrets.read(file, "--jwt-public-key-file"), StandardCharsets.ISO_8859_1));
        if (!pem.matches()) {
            throw unusable(file, "it is not of the form -----BEGIN PUBLIC KEY-----");
        }
        X509EncodedKeySpec encoded =
                new X509EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : new String[] {"RSA", "EC"}) {
            try {
                return checked(KeyFactory.getInstance(algorithm).generatePublic(encoded), file);
            } catch (InvalidKeySpecException e) {
                // It is of the other kind, or of none.
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java has RSA and EC", e);
            }
        }
        throw unusable(file, "its key is neither RSA nor EC");
    }

    private static PublicKey checked(PublicKey key, Path file) {
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
            throw unusable(file, "an RSA key has at least " + RSA_BITS_MIN + " bits (RFC 7518, section 3.3)");
        }
        if (key instanceof ECPublicKey ec && !Curve.P_256.equals(Curve.forECParameterSpec(ec.getParams()))) {
            throw unusable(file, "an EC key is on the curve P-256");
        }
        return key;
    }

    private static IllegalArgumentException unusable(Path file, String why) {
        return new IllegalArgumentException(
                "the file " + file + " (--jwt-public-key-file) holds no public key of RS256 or ES256: " + why);
    }
}
