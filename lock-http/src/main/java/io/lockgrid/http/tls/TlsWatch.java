package io.lockgrid.http.tls;

import io.lockgrid.http.tls.TlsKeys.Contents;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks every few seconds, on a thread of its own, whether the files of an identity have changed, and hands over what
 * is in them then. Files are compared by what they hold, so that it does not matter how they are replaced; what cannot
 * be used, for example a new certificate whose key is not there yet, is told once and left alone until it changes.
 */
public final class TlsWatch implements AutoCloseable {
    /** How long after a change it is noticed, at most. */
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(TlsWatch.class);

    private final TlsFiles files;
    private final Consumer<TlsKeys> changed;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lockgrid-certificates").daemon(true).factory());
    private Contents used;
    private @Nullable String refused;

    /** What came of a look at the files. */
    enum Look {
        UNCHANGED,
        TAKEN,
        REFUSED
    }

    /**
     * Makes one that does not look by itself yet.
     *
     * @param first what is in use now
     * @param changed told of every later state that can be used, one at a time
     */
    public TlsWatch(TlsKeys first, Consumer<TlsKeys> changed) {
        this.files = first.files();
        this.used = first.contents();
        this.changed = changed;
    }

    /** Looks once in each {@code period} from now on. */
    public void start(Duration period) {
        long millis = period.toMillis();
        var unused = timer.scheduleWithFixedDelay(this::lookSafely, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** An exception would end the looking. */
    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("the certificate in {} was not looked at", files.certificate(), e);
        }
    }

    synchronized Look look() {
        TlsKeys keys;
        try {
            Contents now = Contents.of(files);
            if (now.equals(used)) {
                refused = null;
                return Look.UNCHANGED;
            }
            keys = TlsKeys.of(files, now);
            used = now;
        } catch (TlsFileException e) {
            return refuse(e.getMessage());
        }
        refused = null;
        changed.accept(keys);
        LOG.info("new connections use {} ({})", keys, files.certificate());
        return Look.TAKEN;
    }

    private Look refuse(@Nullable String why) {
        if (Objects.equals(why, refused)) {
            return Look.UNCHANGED;
        }
        refused = why;
        LOG.warn("the certificate in use stays: {}", why);
        return Look.REFUSED;
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
