package io.lockgrid.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wait=10",
                "WAIT=10",
                " wait = 10 ",
                "wait=\"10\"",
                "wait=0010",
                "wait=10; because=\"a, wait=5\"",
                "respond-async, wait=10",
                "respond-async;wait=5, wait=10, wait=3",
                "note=\"a \\\", wait=5\", wait=10",
                "return=minimal,,wait=10,"
            })
    void aWaitIsReadHoweverItIsWritten(String line) {
        assertThat(Prefer.waitSeconds(List.of(line))).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "wait",
                "wait=",
                "wait=\"\"",
                "wait=\"",
                "wait=-1",
                "wait=1.5",
                "wait=1s",
                "wait=\u0661",
                "waiting=10",
                "respond-async; wait=10",
                "note=\"wait=10\"",
                "note=\"open, wait=10",
                "note=\"\\",
                "wait=x, wait=10"
            })
    void whatIsNoWaitIsPassedOver(String line) {
        assertThat(Prefer.waitSeconds(List.of(line))).isZero();
    }

    @Test
    void theHeaderMayComeInSeveralLinesOrNotAtAll() {
        assertThat(Prefer.waitSeconds(List.of("return=minimal", "wait=7", "wait=8")))
                .isEqualTo(7);
        assertThat(Prefer.waitSeconds(List.of())).isZero();
    }

    @Test
    void aNumberOfAnyLengthIsALongWait() {
        assertThat(Prefer.waitSeconds(List.of("wait=" + "9".repeat(5_000)))).isGreaterThan(1_000_000);
    }
}
