package io.lockgrid.testkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code scripts/faults} says to arguments that it can do nothing with: never that all is well. */
class FaultsMainTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--seconds x",
                "--seconds 0",
                "--nodes -1",
                "--nemesis nope",
                "--workload nope",
                "--hosts vm",
                "--soak 2x",
                "--matrix --soak 2m",
                "--bogus",
                "extra"
            })
    void wrongArgumentsAreRefused(String arguments) {
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--nemesis isolate-leader", "--hosts containers", "--nemesis majorities-ring --nodes 3"})
    void aRunThatWasAskedForAndCannotBeIsNoSuccess(String arguments) {
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theListNeedsNoCluster() {
        assertThat(execute("--list")).isZero();
    }

    private int execute(String arguments) {
        Stream<String> hidden = Stream.of("--distribution", folder.toString(), "--folder", folder.toString());
        return FaultsMain.execute(
                Stream.concat(hidden, Stream.of(arguments.split(" "))).toArray(String[]::new));
    }
}
