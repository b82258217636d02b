package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationConverterTest {
    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "5m, PT5M", "24h, PT24H", "7d, PT168H", "0s, PT0S", "007s, PT7S"})
    void numberAndUnitAreALength(String text, Duration length) {
        assertThat(new DurationConverter().convert(text)).isEqualTo(length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "1.5s", "-1s", "+1s", "1 s", "1S", "1min", "PT1S", "1s1s", "1000000000s"})
    void anythingElseIsNot(String text) {
        assertThatThrownBy(() -> new DurationConverter().convert(text)).isInstanceOf(TypeConversionException.class);
    }

    @Test
    void longestLengthIsCountedToo() {
        assertThat(new DurationConverter().convert("999999999d")).isEqualTo(Duration.ofDays(999_999_999));
    }
}
