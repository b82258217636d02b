package io.lockgrid.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.http.tls.TlsWatch.Look;
import io.lockgrid.testkit.tls.TestAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of certificates: which are taken, when they are taken, and what is said of the others. */
class TlsWatchTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");

    @TempDir
    private Path folder;

    private final List<TlsKeys> taken = new ArrayList<>();
    private TlsFiles files;

    @BeforeEach
    void writeFiles() throws Exception {
        AUTHORITY.issue("first").write(folder, "node");
        files = new TlsFiles(folder.resolve("node.crt"), folder.resolve("node.key"), AUTHORITY.write(folder, "ca"));
    }

    @Test
    void filesThatDidNotChangeAreNotTakenAgain() {
        try (TlsWatch watch = watch()) {
            assertThat(watch.look()).isEqualTo(Look.UNCHANGED);
            assertThat(taken).isEmpty();
        }
    }

    @Test
    void aPairIsTakenOnlyWhenBothHalvesAreThere() throws Exception {
        TestAuthority.Issued second = AUTHORITY.issue("second");
        try (TlsWatch watch = watch()) {
            second.writeCertificate(folder, "node");
            assertThat(watch.look()).isEqualTo(Look.REFUSED);
            assertThat(watch.look()).as("it is said once").isEqualTo(Look.UNCHANGED);
            assertThat(taken).isEmpty();
            second.writeKey(folder, "node");
            assertThat(watch.look()).isEqualTo(Look.TAKEN);
            assertThat(taken.getFirst()).asString().contains("CN=second");
        }
    }

    @Test
    void aHalfWrittenFileIsLeftAloneUntilItIsWhole() throws Exception {
        String whole = Files.readString(files.certificate());
        try (TlsWatch watch = watch()) {
            Files.writeString(files.certificate(), whole.substring(0, whole.length() / 2));
            assertThat(watch.look()).isEqualTo(Look.REFUSED);
            Files.delete(files.certificate());
            assertThat(watch.look()).as("another trouble is said, too").isEqualTo(Look.REFUSED);
            Files.writeString(files.certificate(), whole);
            assertThat(watch.look()).isEqualTo(Look.UNCHANGED);
            Files.delete(files.certificate());
            assertThat(watch.look()).as("it is said again").isEqualTo(Look.REFUSED);
            assertThat(taken).isEmpty();
        }
    }

    @Test
    void otherAuthoritiesAreTakenToo() throws Exception {
        try (TlsWatch watch = watch()) {
            new TestAuthority("another").write(folder, "ca");
            assertThat(watch.look()).isEqualTo(Look.TAKEN);
            assertThat(taken.getFirst().trustManager().getAcceptedIssuers()[0].getSubjectX500Principal())
                    .hasToString("CN=another");
        }
    }

    @Test
    void itLooksByItself() throws Exception {
        CountDownLatch changed = new CountDownLatch(1);
        try (TlsWatch watch = new TlsWatch(TlsKeys.load(files), keys -> changed.countDown())) {
            watch.start(Duration.ofMillis(10));
            AUTHORITY.issue("second").write(folder, "node");
            assertThat(changed.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whatCannotBeUsedIsNamed() throws Exception {
        TlsFiles noSuch = new TlsFiles(folder.resolve("absent"), files.key(), null);
        assertRefused(noSuch, "there is no file " + folder.resolve("absent"));
        TlsFiles swapped = new TlsFiles(files.key(), files.certificate(), null);
        assertRefused(swapped, "the file " + files.key() + " cannot be used for TLS (");
        TlsFiles noKey = new TlsFiles(files.certificate(), files.certificate(), null);
        assertRefused(noKey, "the file " + files.certificate() + " cannot be used for TLS (Missing -----BEGIN PRIVATE");
        AUTHORITY.issue("other").writeKey(folder, "other");
        TlsFiles others = new TlsFiles(files.certificate(), folder.resolve("other.key"), null);
        assertRefused(
                others, "the key in " + others.key() + " is not that of the certificate in " + others.certificate());
        TlsFiles noAuthority = new TlsFiles(files.certificate(), files.key(), files.key());
        assertRefused(noAuthority, "the file " + files.key() + " cannot be used for TLS (");
    }

    private static void assertRefused(TlsFiles files, String line) {
        assertThatThrownBy(() -> TlsKeys.load(files))
                .isInstanceOf(TlsFileException.class)
                .hasMessageStartingWith(line)
                .message()
                .doesNotContain("\n");
    }

    private TlsWatch watch() {
        return new TlsWatch(TlsKeys.load(files), taken::add);
    }
}
