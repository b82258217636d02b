package io.lockgrid.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the room on the disk of the data folder. Before it is so little that the log could not be written, which ends
 * a node, the node takes no more commands of its clients; reads go on, and so does its part in the log of the others.
 */
final class DiskWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
    private static final long PERIOD_MILLIS = 2_000;
    private static final long MB = 1024 * 1024;

    private final Disk disk;
    private final LongSupplier neededBytes;
    private final Room room;
    private final Runnable handOver;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("lockgrid-disk").daemon(true).factory());
    private volatile String complaint = "";

    /** A file system. */
    @FunctionalInterface
    interface Disk {
        /** How many bytes this process can still write. */
        long freeBytes() throws IOException;

        /** The one that a folder is on. */
        static Disk of(Path folder) {
            return () -> Files.getFileStore(folder).getUsableSpace();
        }
    }

    /** Writes a snapshot, and drops the log behind it. */
    @FunctionalInterface
    interface Room {
        void make() throws InterruptedException;
    }

    /**
     * Makes a watch that does not look yet.
     *
     * @param neededBytes what the log and the next snapshot may take at once
     * @param handOver lets another node lead, if this one does
     */
    DiskWatch(Disk disk, LongSupplier neededBytes, Room room, Runnable handOver) {
        this.disk = disk;
        this.neededBytes = neededBytes;
        this.room = room;
        this.handOver = handOver;
    }

    void start() {
        var unused = timer.scheduleWithFixedDelay(this::lookSafely, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Why no commands are taken, or nothing. Any thread. */
    String complaint() {
        return complaint;
    }

    private void lookSafely() {
        try {
            look();
        } catch (IOException | RuntimeException e) {
            LOG.warn("the room on the disk is not known: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // The node stops.
        }
    }

    /**
     * Commands are taken again when there is a quarter more than what is needed, so that one file makes no flapping.
     */
    void look() throws IOException, InterruptedException {
        long needed = neededBytes.getAsLong();
        long enough = needed + needed / 4;
        long free = disk.freeBytes();
        if (complaint.isEmpty()) {
            if (free >= needed) {
                return;
            }
            room.make();
            free = disk.freeBytes();
            if (free >= enough) {
                LOG.info("the log was shortened to make room on the disk; {} MB are free now", free / MB);
                return;
            }
            complain(free, enough);
            LOG.warn("{}; no commands are taken until then", complaint);
            handOver.run();
        } else if (free >= enough) {
            complaint = "";
            LOG.info("the disk has room again ({} MB); commands are taken", free / MB);
        } else {
            complain(free, enough);
        }
    }

    private void complain(long free, long enough) {
        complaint = "the disk of this node is nearly full: " + free / MB + " MB are free, and it needs " + enough / MB
                + " MB";
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
