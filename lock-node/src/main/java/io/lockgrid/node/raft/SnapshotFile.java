package io.lockgrid.node.raft;

import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.FormatException;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.ratis.util.MD5FileUtil;

/**
 * A snapshot on disk, with its checksum in a file beside it.
 *
 * @param index of the last log entry that is in it
 */
public record SnapshotFile(Path path, long index) {
    private static final Pattern NAME = Pattern.compile("snapshot\\.\\d+_(\\d+)");

    /** The newest one in a folder or below it, whole or not. */
    public static Optional<SnapshotFile> newestIn(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.flatMap(path -> {
                        Matcher name = NAME.matcher(path.getFileName().toString());
                        return name.matches()
                                ? Stream.of(new SnapshotFile(path, Long.parseLong(name.group(1))))
                                : Stream.empty();
                    })
                    .max(Comparator.comparingLong(SnapshotFile::index));
        }
    }

    /**
     * Checks that its checksum is there.
     *
     * <p>Ratis passes over a snapshot without one and takes the one before, though the log between the two may be
     * purged. None is without one by itself: the checksum is written first.
     */
    void checkHasChecksum() throws DamagedFileException {
        if (!Files.exists(MD5FileUtil.getDigestFileForFile(path.toFile()).toPath())) {
            throw new DamagedFileException(
                    "the snapshot " + path + " has no checksum file (" + path.getFileName() + ".md5)");
        }
    }

    /**
     * Reads the lock space in it.
     *
     * @throws DamagedFileException if it is not as it was written
     */
    public LockSpace read() throws IOException {
        checkHasChecksum();
        if (!MD5FileUtil.computeMd5ForFile(path.toFile()).equals(MD5FileUtil.readStoredMd5ForFile(path.toFile()))) {
            throw new DamagedFileException("the snapshot " + path + " is damaged: its bytes do not match its checksum");
        }
        try (var in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
            return SnapshotCodec.read(in);
        } catch (FormatException e) {
            throw new DamagedFileException("the snapshot " + path + " cannot be read: " + e.getMessage(), e);
        }
    }
}
