package io.lockgrid.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JWTs as an issuer would sign them, and as nobody should. */
public final class TestJwts {
    public static final String SECRET = "a-secret-of-the-tests-with-32-bytes-or-more";
    static final RSAKey RSA = rsa("rsa-1");
    static final RSAKey OTHER_RSA = rsa("rsa-2");
    static final ECKey EC = ec("ec-1", Curve.P_256);

    private TestJwts() {}

    /** Claims of {@code ci} that end in an hour; {@code more} come on top, null ones are left in as null. */
    public static Map<String, Object> claims(Instant now, Object... more) {
        Map<String, Object> claims = new HashMap<>();
        claims.put("sub", "ci");
        claims.put("role", "application");
        claims.put("exp", now.plus(Duration.ofHours(1)).getEpochSecond());
        for (int i = 0; i < more.length; i += 2) {
            claims.put((String) more[i], more[i + 1]);
        }
        return claims;
    }

    static Map<String, Object> without(Map<String, Object> claims, String name) {
        claims.remove(name);
        return claims;
    }

    public static String hs256(Instant now, Object... more) {
        return sign(
                new JWSHeader(JWSAlgorithm.HS256), hmac(SECRET.getBytes(StandardCharsets.UTF_8)), claims(now, more));
    }

    static String rs256(RSAKey key, Map<String, Object> claims) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), signer(key), claims);
    }

    static String es256(ECKey key, Map<String, Object> claims) {
        return sign(
                new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(), signer(key), claims);
    }

    static String sign(JWSHeader header, JWSSigner signer, Map<String, Object> claims) {
        try {
            JWSObject jws =
                    new JWSObject(header, new Payload(com.nimbusds.jose.util.JSONObjectUtils.toJSONString(claims)));
            jws.sign(signer);
            return jws.serialize();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    /** Without a key, with any header and any third part. */
    static String forge(String header, Map<String, Object> claims, String signature) {
        return Base64URL.encode(header) + "."
                + Base64URL.encode(com.nimbusds.jose.util.JSONObjectUtils.toJSONString(claims)) + "." + signature;
    }

    static JWSSigner hmac(byte[] secret) {
        try {
            return new MACSigner(secret);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static JWSSigner signer(JWK key) {
        try {
            return key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner((ECKey) key);
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static String jwks(JWK... keys) {
        return new JWKSet(List.of(keys)).toString(true);
    }

    static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    static PublicKey publicKey(JWK key) {
        try {
            return key instanceof RSAKey rsa ? rsa.toPublicKey() : ((ECKey) key).toPublicKey();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static JwtConfig jwks(String fileOrUrl) {
        JwtConfig none = JwtConfig.NONE;
        return new JwtConfig(
                none.secretFile(),
                none.publicKeyFile(),
                Optional.of(fileOrUrl),
                none.clockSkew(),
                none.issuer(),
                none.audience(),
                none.roleClaim());
    }

    static RSAKey rsa(String id) {
        try {
            return new RSAKeyGenerator(2048).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    static ECKey ec(String id, Curve curve) {
        try {
            return new ECKeyGenerator(curve).keyID(id).generate();
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
