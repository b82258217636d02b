package io.lockgrid.node;

import io.lockgrid.node.raft.DamagedFileException;
import io.lockgrid.node.raft.SnapshotFile;
import io.lockgrid.statemachine.LockSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Brings back a node that does not start on its log, where that is safe: a tail that a power loss tore is cut off,
 * since nobody was ever told of it. All other damage is to something that the node may have promised.
 */
public final class LogRepair {
    private final Path data;
    private final Path raft;
    private final String replace;

    private LogRepair(Path data, DataFolder folder) {
        this.data = data;
        this.raft = folder.raft();
        this.replace = folder.howToReplace();
    }

    /**
     * Repairs the log of a node that does not run.
     *
     * @param data folder of the node
     * @return what was done, in lines for a person; nothing is changed where nothing is damaged
     * @throws NodeStartException with one line that says why nothing was done and what to do instead
     */
    public static List<String> repair(Path data) {
        try (DataFolder folder = DataFolder.openAgain(data)) {
            return new LogRepair(data, folder).run();
        } catch (IOException e) {
            throw new NodeStartException("the data folder " + data + " cannot be used: " + e, e);
        }
    }

    private List<String> run() throws IOException {
        long snapshotIndex = checkedSnapshotIndex();
        List<LogFile> files = LogFile.allIn(raft);
        LogFile last = files.isEmpty() ? null : files.getLast();
        LogFile.firstDamaged(files).filter(file -> !file.equals(last)).ifPresent(file -> {
            throw refusal(file.described() + ", and more of the log follows it");
        });
        if (last == null || last.damage() == null) {
            String log = last == null ? "there is no log" : "the log can be read up to index " + last.lastIndex();
            return List.of("Nothing is damaged in " + data + ", and nothing was changed: " + log + ".");
        }
        return cutTail(last, snapshotIndex);
    }

    /** The index of the newest snapshot, or -1. */
    private long checkedSnapshotIndex() throws IOException {
        Optional<SnapshotFile> newest = SnapshotFile.newestIn(raft);
        if (newest.isEmpty()) {
            return -1;
        }
        try {
            LockSpace unused = newest.get().read();
            return newest.get().index();
        } catch (DamagedFileException e) {
            throw refusal(String.valueOf(e.getMessage()));
        }
    }

    private List<String> cutTail(LogFile file, long snapshotIndex) throws IOException {
        if (!file.isOpen()) {
            throw refusal(file.described() + ", and nothing was being written to it");
        }
        if (file.lastIndex() < snapshotIndex) {
            throw refusal(file.described() + ", before log index " + snapshotIndex
                    + ", up to which the newest snapshot shows that entries were committed");
        }
        byte[] bytes = Files.readAllBytes(file.path());
        if (!LogFile.hasHeader(bytes)) {
            throw refusal(file.described() + ": its first bytes are not those of a log");
        }
        TornTail tail = new TornTail(bytes, file.end(), file.lastIndex());
        OptionalLong later = tail.laterEntry();
        if (later.isPresent()) {
            throw refusal(file.described() + ", and a whole entry follows at byte " + later.getAsLong());
        }
        if (!tail.isPartlyWritten()) {
            throw refusal(file.described() + ", in an entry that was written to its end: no write was interrupted");
        }
        List<String> done = new ArrayList<>();
        String copy = keepCopy(file.path());
        cut(file.path(), file.end());
        done.add("Cut " + tail.bytes() + (tail.bytes() == 1 ? " byte" : " bytes") + " from byte " + file.end()
                + " on from " + file.path() + ": a write that was interrupted before any node was told of it.");
        done.add("Kept: the log up to index " + file.lastIndex() + " (term " + file.lastTerm() + ").");
        done.add(copy);
        done.add("Start the node again; it gets from the others what it lacks.");
        return done;
    }

    private NodeStartException refusal(String why) {
        return new NodeStartException(
                why + "; this node may have answered for what is damaged, so nothing was changed; " + replace);
    }

    /** Under a name that Ratis does not take for a part of the log. */
    private static String keepCopy(Path file) {
        Path copy = file.resolveSibling("before-repair-1." + file.getFileName());
        for (int i = 2; Files.exists(copy); i++) {
            copy = file.resolveSibling("before-repair-" + i + "." + file.getFileName());
        }
        try {
            Files.copy(file, copy);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return "The file as it was: " + copy;
        } catch (IOException e) {
            return "The file as it was is not kept, since it could not be copied: " + e;
        }
    }

    private static void cut(Path file, long end) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(end);
            channel.force(true);
        }
        try (FileChannel folder = FileChannel.open(file.resolveSibling(""), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }
}
