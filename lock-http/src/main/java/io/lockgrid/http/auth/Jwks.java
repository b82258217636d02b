package io.lockgrid.http.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.OutageTolerantJWKSetSource;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.RateLimitedJWKSetSource;
import com.nimbusds.jose.jwk.source.RefreshAheadCachingJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JSON Web Key Set that changes, in a file or behind a URL. It is asked for again when a JWT names a key that is not
 * in it, at most twice in {@link #PAUSE}, and when it is older than {@link #AGE_MAX}, in the background from half of
 * that on. While it cannot be had, the last one counts, for {@link #OUTAGE_MAX}. Blocks: not for event loops.
 */
final class Jwks implements JWKSource<SecurityContext> {
    static final Duration AGE_MAX = Duration.ofSeconds(30);
    static final Duration OUTAGE_MAX = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Jwks.class);
    private static final String OPTION = "--jwt-jwks";
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);
    private static final int CONNECT_MILLIS_MAX = 2_000;
    private static final int READ_MILLIS_MAX = 3_000;
    private static final int BYTES_MAX = 512 << 10;

    private final InstantSource clock;
    private final JWKSetSource<SecurityContext> source;

    private Jwks(Loader loader, String where, InstantSource clock) {
        this.clock = clock;
        JWKSetSource<SecurityContext> loading = new Loading(loader, where);
        this.source = new RefreshAheadCachingJWKSetSource<>(
                new RateLimitedJWKSetSource<>(
                        new OutageTolerantJWKSetSource<>(loading, OUTAGE_MAX.toMillis(), null), PAUSE.toMillis(), null),
                AGE_MAX.toMillis(),
                WAIT_MAX.toMillis(),
                AGE_MAX.toMillis() / 2,
                false,
                Executors.newVirtualThreadPerTaskExecutor(),
                false,
                null);
    }

    /**
     * A set to be read when it is needed; a file is read now too.
     *
     * @param fileOrUrl path of a file, or an {@code https} URL; {@code http} only for a loopback address
     * @throws IllegalArgumentException with one line, if the file holds no set, or the URL is none
     */
    static Jwks of(String fileOrUrl, InstantSource clock) {
        if (fileOrUrl.startsWith("http:") || fileOrUrl.startsWith("https:")) {
            URL url = url(fileOrUrl);
            DefaultResourceRetriever http =
                    new DefaultResourceRetriever(CONNECT_MILLIS_MAX, READ_MILLIS_MAX, BYTES_MAX);
            return new Jwks(() -> http.retrieveResource(url).getContent(), fileOrUrl, clock);
        }
        Path file = Path.of(fileOrUrl);
        Loader loader = () -> new String(Secrets.read(file, OPTION), StandardCharsets.UTF_8);
        try {
            JWKSet.parse(loader.text());
        } catch (IOException | ParseException e) {
            throw new IllegalArgumentException(
                    "the file " + file + " (" + OPTION + ") holds no JSON Web Key Set ({\"keys\":[…]})", e);
        }
        return new Jwks(loader, "the file " + file, clock);
    }

    private static URL url(String text) {
        try {
            URI uri = new URI(text);
            String host = uri.getHost();
            if (host == null || (uri.getScheme().equals("http") && !LocalOnly.isLoopback(host))) {
                throw new IllegalArgumentException("the URL " + text + " (" + OPTION
                        + ") is not https: whoever sits in between could give this node keys of their own");
            }
            return uri.toURL();
        } catch (URISyntaxException | MalformedURLException e) {
            throw new IllegalArgumentException("\"" + text + "\" (" + OPTION + ") is no URL", e);
        }
    }

    @Override
    public List<JWK> get(JWKSelector selector, @Nullable SecurityContext none) throws KeySourceException {
        long now = clock.millis();
        JWKSet known = source.getJWKSet(JWKSetCacheRefreshEvaluator.noRefresh(), now, none);
        List<JWK> found = selector.select(known);
        if (!found.isEmpty()) {
            return found;
        }
        try {
            return selector.select(source.getJWKSet(JWKSetCacheRefreshEvaluator.referenceComparison(known), now, none));
        } catch (RateLimitReachedException e) {
            return found;
        }
    }

    /** Where the text of the set comes from. */
    private interface Loader {
        String text() throws IOException;
    }

    private record Loading(Loader loader, String where) implements JWKSetSource<SecurityContext> {
        @Override
        public JWKSet getJWKSet(
                JWKSetCacheRefreshEvaluator evaluator, long currentTime, @Nullable SecurityContext context)
                throws JWKSetUnavailableException {
            try {
                return JWKSet.parse(loader.text());
            } catch (IOException | ParseException | IllegalArgumentException e) {
                LOG.warn("no keys of JWTs from {}: {}", where, e.toString());
                throw new JWKSetUnavailableException("no keys from " + where, e);
            }
        }

        @Override
        public void close() {}
    }
}
