package io.lockgrid.statemachine.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs each file of {@code src/test/resources/scenarios}. With {@code -Dlockgrid.scenarios.rewrite=true} the files are
 * given what happened as their expectation; commit that only if you understand what caused each change.
 */
class ScenarioTest {
    private static final boolean REWRITE = Boolean.getBoolean("lockgrid.scenarios.rewrite");
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "scenarios");

    @TestFactory
    Stream<DynamicTest> theLockSpaceDoesWhatTheScenarioSays() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> sorted = files.sorted().toList();
            return sorted.stream().map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    @Test
    void thereAreScenariosToRun() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.count()).isGreaterThanOrEqualTo(12);
        }
    }

    private static void check(Path path) throws IOException {
        ScenarioFile file = ScenarioFile.parse(Files.readAllLines(path));
        assertThat(file.blocks()).isNotEmpty();
        ScenarioRun run = new ScenarioRun();
        if (REWRITE) {
            Files.writeString(path, file.rewritten(block -> run.run(block.input())));
            return;
        }
        for (ScenarioFile.Part.Block block : file.blocks()) {
            assertThat(run.run(block.input()))
                    .as("%s:%d: %s", path.getFileName(), block.lineNumber(), String.join("; ", block.input()))
                    .isEqualTo(block.expected());
        }
    }
}
