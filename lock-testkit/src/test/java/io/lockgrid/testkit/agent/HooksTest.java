package io.lockgrid.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HooksTest {
    private static final Point POINT = Point.BEFORE_LOG_SYNC;

    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void lookIn() {
        data = folder.resolve("n1");
        Hooks.lookIn(TestHooks.folder(data).toFile());
    }

    @Test
    void whatIsNotArmedPasses() {
        TestHooks.arm(data, Point.BEFORE_SNAPSHOT_SAVE, Action.FAIL_NO_SPACE);

        assertThatCode(() -> Hooks.pass(POINT)).doesNotThrowAnyException();
        assertThat(TestHooks.isArmed(data, Point.BEFORE_SNAPSHOT_SAVE)).isTrue();
    }

    @Test
    void aFullDiskIsMetOnce() {
        TestHooks.arm(data, POINT, Action.FAIL_NO_SPACE);

        assertThatThrownBy(() -> Hooks.pass(POINT))
                .isInstanceOf(IOException.class)
                .hasMessage("No space left on device");
        assertThat(TestHooks.isArmed(data, POINT)).isFalse();
        assertThatCode(() -> Hooks.pass(POINT)).doesNotThrowAnyException();
    }

    @Test
    void aSlowDiskIsSlowUntilItIsDisarmed() throws IOException {
        TestHooks.arm(data, POINT, Action.SLOW);

        assertThat(passage()).isGreaterThanOrEqualTo(Duration.ofMillis(Hooks.SLOW_MILLIS));
        assertThat(passage()).isGreaterThanOrEqualTo(Duration.ofMillis(Hooks.SLOW_MILLIS));
        TestHooks.disarm(data);
        assertThat(TestHooks.isArmed(data, POINT)).isFalse();
    }

    @Test
    void onlyWhatIsWrittenFindsAFullDisk() {
        assertThatThrownBy(() -> TestHooks.arm(data, Point.AFTER_APPLY, Action.FAIL_NO_SPACE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("AFTER_APPLY");
        assertThat(TestHooks.isArmed(data, Point.AFTER_APPLY)).isFalse();
    }

    private static Duration passage() throws IOException {
        long start = System.nanoTime();
        Hooks.pass(POINT);
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
