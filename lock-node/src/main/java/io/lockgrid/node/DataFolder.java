package io.lockgrid.node;

import io.lockgrid.node.raft.DamagedFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one node: {@code member.properties} says whose it is, {@code raft/} is Ratis' own, {@code lock} keeps a
 * second process out.
 *
 * <p>The member file stands outside {@code raft/} on purpose: Ratis takes an empty folder for a new node, which would
 * vote without what the old one had promised.
 */
final class DataFolder implements AutoCloseable {
    private static final String MEMBER_FILE = "member.properties";
    private static final String FORMAT = "1";

    private final Path folder;
    private final FileChannel lockChannel;
    private final FileLock lock;
    private final Member member;

    /**
     * Who the folder belongs to.
     *
     * @param hasJoined whether Raft has run on the folder; before that an empty {@code raft/} is a beginning, after it
     *     a loss
     */
    record Member(String id, String peers, boolean hasJoined) {}

    private DataFolder(Path folder, FileChannel lockChannel, FileLock lock, Member member) {
        this.folder = folder;
        this.lockChannel = lockChannel;
        this.lock = lock;
        this.member = member;
    }

    /**
     * Opens the folder for a node, or makes it.
     *
     * @throws NodeStartException if it is another node's or cluster's, in use, emptied, or cannot be written
     */
    static DataFolder open(Path folder, String id, PeerList peers) {
        try {
            Files.createDirectories(folder);
            return lock(folder, () -> check(folder, id, peers));
        } catch (IOException e) {
            throw new NodeStartException("the data folder " + folder + " cannot be used: " + e, e);
        }
    }

    /**
     * Opens the folder of a node that does not run, whichever node that is.
     *
     * @throws NodeStartException if it is no node's, in use, emptied, or cannot be written
     */
    static DataFolder openAgain(Path folder) {
        if (!Files.isRegularFile(folder.resolve(MEMBER_FILE))) {
            throw new NodeStartException("the data folder " + folder + " is not a node's: it has no " + MEMBER_FILE
                    + "; give --data the folder of a node");
        }
        try {
            return lock(folder, () -> read(folder));
        } catch (IOException e) {
            throw new NodeStartException("the data folder " + folder + " cannot be used: " + e, e);
        }
    }

    private interface Check {
        Member member() throws IOException;
    }

    private static DataFolder lock(Path folder, Check check) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new NodeStartException(
                    "the data folder " + folder + " is in use by another process; stop that node first");
        }
        try {
            return new DataFolder(folder, channel, lock, check.member());
        } catch (RuntimeException | IOException e) {
            channel.close();
            throw e;
        }
    }

    /** How to have a node here again whose files cannot be used, for the end of an error's line. */
    String howToReplace() {
        return howToReplace(folder, member.peers());
    }

    private static String howToReplace(Path folder, String peers) {
        return peers.contains(",")
                ? "replace the node: while 'lockgrid status' shows all others ready and equally far, move " + folder
                        + " away and start the node again (docs/repair.md)"
                : "bring " + folder + " back from a copy: there is no other node that could fill a new one";
    }

    Member member() {
        return member;
    }

    Path raft() {
        return folder.resolve("raft");
    }

    /**
     * Makes the log fit to start on: checks what Ratis does not, and forces what is there to disk. Of a process that
     * was killed some of it may be in the system's memory only, and Ratis takes all that it reads for durable.
     *
     * @throws DamagedFileException if the log ends too early
     */
    void makeDurable() throws IOException {
        LogFile.checkEnd(raft());
        if (Files.exists(raft())) {
            try (Stream<Path> paths = Files.walk(raft())) {
                for (Path path : (Iterable<Path>) paths::iterator) {
                    force(path);
                }
            }
        }
    }

    private static void force(Path path) throws IOException {
        StandardOpenOption mode = Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
        try (FileChannel channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    /** Notes that Raft runs on the folder now. */
    void markJoined() throws IOException {
        if (!member.hasJoined()) {
            write(folder, new Member(member.id(), member.peers(), true));
        }
    }

    private static void write(Path folder, Member member) throws IOException {
        Properties properties = new Properties();
        properties.setProperty("format", FORMAT);
        properties.setProperty("id", member.id());
        properties.setProperty("peers", member.peers());
        properties.setProperty("joined", Boolean.toString(member.hasJoined()));
        Path temporary = folder.resolve(MEMBER_FILE + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            var out = new java.io.StringWriter();
            properties.store(out, "Whose folder this is. Do not edit, copy or delete.");
            channel.write(StandardCharsets.UTF_8.encode(out.toString()));
            channel.force(true);
        }
        Files.move(temporary, folder.resolve(MEMBER_FILE), StandardCopyOption.ATOMIC_MOVE);
        force(folder);
    }

    @Override
    public void close() {
        try {
            lock.release();
            lockChannel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // Another node of this very process has it.
        }
    }

    private static Member check(Path folder, String id, PeerList peers) throws IOException {
        Path file = folder.resolve(MEMBER_FILE);
        if (!Files.exists(file)) {
            List<String> strangers = strangers(folder);
            if (!strangers.isEmpty()) {
                throw new NodeStartException("the data folder " + folder + " is not a node's: it holds "
                        + strangers.getFirst() + " and no " + MEMBER_FILE + "; give --data a folder of its own");
            }
            // Before Raft leaves anything here: a start that is cut short must not make the folder a stranger's.
            Member member = new Member(id, peers.toString(), false);
            write(folder, member);
            return member;
        }
        Member member = read(folder);
        if (!id.equals(member.id())) {
            throw new NodeStartException("the data folder " + folder + " belongs to node " + member.id() + ", not to "
                    + id + "; give each node its own --data");
        }
        if (!peers.toString().equals(member.peers())) {
            throw new NodeStartException("the data folder " + folder + " belongs to the cluster " + member.peers()
                    + ", not to " + peers + "; give --peers as it was, or another --data");
        }
        return member;
    }

    private static Member read(Path folder) throws IOException {
        Path file = folder.resolve(MEMBER_FILE);
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        String format = properties.getProperty("format");
        String id = properties.getProperty("id");
        String peers = properties.getProperty("peers");
        if (id == null || peers == null) {
            throw new NodeStartException(
                    file + " is damaged: it does not say whose folder this is; bring it back from" + " a copy");
        }
        if (!FORMAT.equals(format)) {
            throw new NodeStartException(
                    file + " has format " + format + ", this build reads " + FORMAT + "; use the build that wrote it");
        }
        boolean hasJoined = Boolean.parseBoolean(properties.getProperty("joined"));
        boolean hasLog = Files.isDirectory(folder.resolve("raft"))
                && !strangers(folder.resolve("raft")).isEmpty();
        if (hasJoined && !hasLog) {
            throw new NodeStartException("node " + id + " lost its log (" + folder.resolve("raft")
                    + " is empty), and must not vote without what it promised; " + howToReplace(folder, peers));
        }
        return new Member(id, peers, hasJoined);
    }

    /** What is in a folder beside the files of this class. */
    private static List<String> strangers(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> !name.equals("lock") && !name.startsWith(MEMBER_FILE))
                    .sorted()
                    .toList();
        }
    }
}
