package io.lockgrid.http.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.BadJWSException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Role;
import java.text.ParseException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Verifies JWTs (RFC 7519) and reads who sent them. The claims {@code sub}, the caller's name, and {@code exp} are
 * required, {@code nbf} is honoured. {@code namespaces} holds the patterns of {@link Namespaces}, as a list or
 * separated by commas; without it every namespace may be used. May block to get keys: not for event loops.
 */
final class JwtVerifier {
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    private final JwtConfig config;

    /** @throws IllegalArgumentException with one line, if the key that {@code config} names cannot be used */
    JwtVerifier(JwtConfig config, InstantSource clock) {
        this.config = config;
        // Access tokens of OAuth 2.0 may say at+jwt (RFC 9068); most JWTs say JWT or nothing.
        processor.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(JwtKeys.read(config, clock));
        JWTClaimsSet.Builder exact = new JWTClaimsSet.Builder();
        config.issuer().ifPresent(exact::issuer);
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        config.audience().map(Set::of).orElse(null), exact.build(), Set.of("sub", "exp"), Set.of()) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew((int) config.clockSkew().toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
    }

    /** Who sent a JWT, and until when it counts, in ms since 1970. */
    record Verified(Caller caller, long endMillis) {}

    /**
     * Verifies everything.
     *
     * @throws Failure.Carrier with {@link Failure.Unauthenticated} for any reason to refuse the JWT, and
     *     {@link Failure.NoOutcome} if the keys cannot be had
     */
    Verified verify(String jwt) {
        try {
            JWTClaimsSet claims = processor.process(jwt, null);
            Date end = claims.getExpirationTime();
            if (end == null) {
                throw refused("its claim exp is no time");
            }
            return new Verified(
                    caller(claims),
                    end.toInstant().toEpochMilli() + config.clockSkew().toMillis());
        } catch (ParseException e) {
            throw refused("it is not a JWT");
        } catch (ExpiredJWTException e) {
            throw refused("it has expired");
        } catch (BadJWSException e) {
            throw refused("its signature does not match");
        } catch (KeySourceException e) {
            throw new Failure.Carrier(new Failure.NoOutcome(
                    Failure.Kind.NOT_SENT,
                    "the keys to verify the token with cannot be had; nothing was changed, it is safe to try again"));
        } catch (BadJOSEException | JOSEException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    private Caller caller(JWTClaimsSet claims) {
        String name = claims.getSubject();
        if (name == null || !Limits.isName(name)) {
            throw refused("its claim sub has not 1 to " + Limits.NAME_BYTES_MAX + " bytes of UTF-8");
        }
        return new Caller(name, role(claims), namespaces(claims));
    }

    /** The highest of the roles that the claim names, a text or a list; unknown ones do not count. */
    private Role role(JWTClaimsSet claims) {
        Object claim = claims.getClaim(config.roleClaim());
        List<?> named = claim instanceof List<?> list ? list : Arrays.asList(claim);
        return Arrays.stream(Role.values())
                .filter(role -> named.contains(role.name().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(Role.MEMBER);
    }

    /** A claim that is there and names nothing is a mistake of the issuer: it must not mean everything. */
    private static Namespaces namespaces(JWTClaimsSet claims) {
        if (!claims.getClaims().containsKey("namespaces")) {
            return Namespaces.ALL;
        }
        Object claim = claims.getClaim("namespaces");
        List<?> parts = claim instanceof String text
                ? List.of(text.split(",", -1))
                : claim instanceof List<?> list ? list : List.of();
        List<String> patterns = parts.stream()
                .filter(String.class::isInstance)
                .map(part -> ((String) part).strip())
                .filter(part -> !part.isEmpty())
                .toList();
        if (patterns.isEmpty() || patterns.size() != parts.size()) {
            throw refused("its claim namespaces is neither a list of texts nor a text with commas");
        }
        return new Namespaces(patterns);
    }

    private static Failure.Carrier refused(String why) {
        return new Failure.Carrier(new Failure.Unauthenticated("the token is refused: " + why));
    }
}
