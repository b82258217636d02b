package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.agent.TestHooks;
import io.lockgrid.testkit.cluster.Launch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The wall clock that a node sees, by libfaketime (0.9.10 of Debian 12): its process asks a file how far its clock is
 * off. The clock that only goes forward, which waits and timeouts are measured by, is left alone: two of the variables
 * see to that, without which a timed wait in a JVM returns at once. A rate other than 1 makes a JVM hang, and is not
 * used: a clock drifts because somebody goes on setting it.
 */
public final class WallClock {
    private static final Path FOLDERS = Path.of("/usr/lib");
    private static final String LIBRARY = "faketime/libfaketimeMT.so.1";
    private static final String FILE = "clock";

    private WallClock() {}

    /**
     * What a node is started with whose clock shall be set; it is right until then.
     *
     * @throws IllegalStateException if this machine does not have libfaketime
     */
    public static Launch launch(Path data) {
        set(data, Duration.ZERO);
        Map<String, String> environment = Map.of(
                "LD_PRELOAD",
                library().toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file(data).toString(),
                "FAKETIME_NO_CACHE",
                "1",
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0");
        return new Launch(List.of(), environment, List.of());
    }

    /** From now on the node's clock is off by this much, to the millisecond. */
    public static void set(Path data, Duration offset) {
        String text = String.format(Locale.ROOT, "%+.3f", offset.toMillis() / 1_000.0);
        try {
            // Moved into place, so that the node never reads half of it.
            Path whole = Files.writeString(file(data).resolveSibling(FILE + ".new"), text);
            Files.move(whole, file(data), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(Path data) {
        return TestHooks.folder(data).toAbsolutePath().resolve(FILE);
    }

    /** Whether this machine has libfaketime. */
    public static boolean canBeSet() {
        return found().isPresent();
    }

    private static Path library() {
        return found().orElseThrow(() -> new IllegalStateException("no clock can be set, since libfaketime is not"
                + " installed; on Debian: apt-get install libfaketime"));
    }

    private static Optional<Path> found() {
        try (Stream<Path> folders = Files.list(FOLDERS)) {
            return Stream.concat(Stream.of(FOLDERS), folders)
                    .map(folder -> folder.resolve(LIBRARY))
                    .filter(Files::exists)
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
