package io.lockgrid.node.raft;

import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.BufferedOutputStream;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Optional;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.raftlog.RaftLog;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot files of this node. A file has its final name only when its bytes, its checksum and its folder are on disk:
 * Ratis forces none of them (seen in 3.3.0), and purges the log behind a snapshot.
 */
final class SnapshotStore {
    private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
    private volatile @Nullable SingleFileSnapshotInfo written;
    private volatile @Nullable SingleFileSnapshotInfo latest;

    /** A lock space read back from disk. */
    record Loaded(LockSpace space, TermIndex at) {}

    SimpleStateMachineStorage ratisStorage() {
        return storage;
    }

    void init(RaftStorage raftStorage) throws IOException {
        storage.init(raftStorage);
    }

    /** The newest snapshot that Ratis was told of. */
    @Nullable
    SingleFileSnapshotInfo latest() {
        return latest;
    }

    /**
     * Makes the newest durable snapshot the latest one. Not done by {@link #write}: Ratis purges nothing when it is
     * asked for a snapshot and sees that the latest one is new already.
     *
     * @return its log index, or -1 if there is none
     */
    long publish() {
        SingleFileSnapshotInfo next = written;
        SingleFileSnapshotInfo before = latest;
        if (next != null && (before == null || next.getIndex() > before.getIndex())) {
            latest = next;
        }
        SingleFileSnapshotInfo now = latest;
        return now == null ? RaftLog.INVALID_LOG_INDEX : now.getIndex();
    }

    /** Writes a snapshot and returns when it is durable. */
    void write(LockSpace space, TermIndex at) throws IOException {
        File file = storage.getSnapshotFile(at.getTerm(), at.getIndex());
        Path target = file.toPath();
        Path temporary = target.resolveSibling(file.getName() + ".tmp");
        MessageDigest digest = MD5FileUtil.newMD5();
        try {
            writeFile(space, temporary, digest);
        } catch (IOException e) {
            Files.deleteIfExists(temporary); // It may be what filled the disk.
            throw e;
        }
        MD5Hash md5 = MD5Hash.newInstance(digest.digest());
        // The checksum first: a snapshot without one could not be told from a damaged one after a crash between the
        // two.
        MD5FileUtil.saveMD5File(file, md5);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        forceFolder(target);
        written = new SingleFileSnapshotInfo(new FileInfo(target, md5), at.getTerm(), at.getIndex());
    }

    private static void writeFile(LockSpace space, Path file, MessageDigest digest) throws IOException {
        try (FileOutputStream out = new FileOutputStream(file.toFile())) {
            OutputStream buffered = new BufferedOutputStream(new DigestOutputStream(out, digest), 1 << 16);
            SnapshotCodec.write(space, buffered);
            buffered.flush();
            out.getFD().sync();
        }
    }

    /**
     * Reads the newest snapshot, having forced it to disk: Ratis installs one without doing so, and drops the log that
     * it stands for.
     *
     * @throws DamagedFileException if it is not as it was written
     */
    Optional<Loaded> load() throws IOException {
        SingleFileSnapshotInfo info = storage.loadLatestSnapshot();
        if (info == null) {
            return Optional.empty();
        }
        Path path = info.getFile().getPath();
        SnapshotFile newest = SnapshotFile.newestIn(path.resolveSibling("")).orElseThrow();
        newest.checkHasChecksum();
        forceFile(newest.path());
        forceFolder(newest.path());
        LockSpace space = newest.read();
        latest = info;
        return Optional.of(new Loaded(space, info.getTermIndex()));
    }

    private static void forceFile(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static void forceFolder(Path file) throws IOException {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
