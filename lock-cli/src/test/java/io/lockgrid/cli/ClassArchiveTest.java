package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes in the distribution, with the options that the scripts give to the JVM. */
@Tag("cluster")
@Timeout(60)
class ClassArchiveTest {
    private static final Path LIBRARY = Path.of(System.getProperty("lockgrid.distribution"), "lib");

    @TempDir
    private Path folder;

    @Test
    void classesOfNodesAndVerbsComeFromTheArchive() throws Exception {
        String loaded = version(LIBRARY.resolve("lockgrid.jsa"), "-Xlog:class+load");
        assertThat(loaded.lines())
                .anyMatch(line -> line.contains("io.lockgrid.cli.NodeCommand source: shared objects file (top)"))
                .anyMatch(line -> line.contains("io.lockgrid.cli.StatusCommand source: shared objects file (top)"));
    }

    @Test
    void anArchiveThatDoesNotFitIsPassedOverInSilence() throws Exception {
        byte[] archive = Files.readAllBytes(LIBRARY.resolve("lockgrid.jsa"));
        Path cut = Files.write(folder.resolve("cut.jsa"), Arrays.copyOf(archive, archive.length / 2));
        Path other = Files.writeString(folder.resolve("other.jsa"), "of another JVM");
        Path missing = folder.resolve("missing.jsa");
        for (Path unfit : List.of(cut, other, missing)) {
            assertThat(version(unfit).lines())
                    .as(unfit.toString())
                    .singleElement()
                    .asString()
                    .startsWith("lockgrid ");
        }
    }

    /** All that {@code lockgrid --version} says. */
    private static String version(Path archive, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElseThrow());
        command.addAll(List.of("-XX:SharedArchiveFile=" + archive, "-Xlog:cds*=off"));
        command.addAll(List.of(options));
        command.addAll(List.of("-jar", LIBRARY.resolve("lockgrid.jar").toString(), "--version"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}
