package io.lockgrid.testkit.cluster.container;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who a node is to the files of this machine: nobody special in its container, and the owner of its files. */
final class NodeFiles {
    private static final int ROOT = 0;
    /** As the Dockerfile has it. */
    private static final int IMAGE_USER = 7700;

    private NodeFiles() {}

    /** Whom the node runs as, if not as the image says: this process, which can give files to nobody else. */
    static Optional<String> user() {
        return own("unix:uid") == ROOT ? Optional.empty() : Optional.of(own("unix:uid") + ":" + own("unix:gid"));
    }

    /** Makes folders, and the node the owner of all that is in them. */
    static void give(List<Path> folders) {
        try {
            for (Path folder : folders) {
                Files.createDirectories(folder);
                if (user().isEmpty()) {
                    giveAll(folder);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void giveAll(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setAttribute(file, "unix:uid", IMAGE_USER);
                Files.setAttribute(file, "unix:gid", IMAGE_USER);
            }
        }
    }

    private static int own(String attribute) {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), attribute);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
