package io.lockgrid.testkit.agent;

import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.io.File;
import java.io.IOException;
import java.util.List;
import net.bytebuddy.asm.Advice;

/** Where the points are. Each nested class is woven into one method of the product or of Ratis 3.3.0. */
public final class PointAdvice {
    private static final String RATIS = "org.apache.ratis.server.";
    private static final String PRODUCT = "io.lockgrid.node.raft.";

    /** All points. */
    public static final List<Change> CHANGES = List.of(
            new Change(RATIS + "raftlog.segmented.SegmentedRaftLogWorker", "flushOutStream", LogSync.class),
            new Change(PRODUCT + "SnapshotStore", "write", SnapshotSave.class),
            new Change(RATIS + "storage.SnapshotManager", "finalizeSnapshot", SnapshotInstall.class),
            new Change(
                    "org.apache.ratis.util.FileUtils",
                    named("move").and(takesArguments(File.class, String.class)),
                    SnapshotSwap.class),
            new Change(PRODUCT + "LockStateMachine", "reinitialize", SnapshotReload.class),
            new Change(PRODUCT + "LockStateMachine", "applyTransaction", Apply.class));

    private PointAdvice() {}

    /** The log worker writes its buffer to the file and forces the file. */
    static final class LogSync {
        @Advice.OnMethodEnter
        static void before() throws IOException {
            Hooks.pass(Point.BEFORE_LOG_SYNC);
        }

        @Advice.OnMethodExit
        static void after() throws IOException {
            Hooks.pass(Point.AFTER_LOG_SYNC);
        }
    }

    /** Returns when the snapshot is durable. */
    static final class SnapshotSave {
        @Advice.OnMethodEnter
        static void before() throws IOException {
            Hooks.pass(Point.BEFORE_SNAPSHOT_SAVE);
        }

        @Advice.OnMethodExit
        static void after() throws IOException {
            Hooks.pass(Point.AFTER_SNAPSHOT_SAVE);
        }
    }

    /** The last chunk of the leader's snapshot has come; the folders change places. */
    static final class SnapshotInstall {
        @Advice.OnMethodEnter
        static void before() throws IOException {
            Hooks.pass(Point.BEFORE_SNAPSHOT_INSTALL);
        }
    }

    /** Ratis gives a folder or file another suffix: the folder of the snapshots, or a snapshot that came damaged. */
    static final class SnapshotSwap {
        @Advice.OnMethodExit
        static void after(@Advice.Argument(1) String suffix) throws IOException {
            if (suffix.startsWith(".tmp")) {
                Hooks.pass(Point.DURING_SNAPSHOT_INSTALL);
            }
        }
    }

    /** The snapshot that was installed is read. */
    static final class SnapshotReload {
        @Advice.OnMethodExit
        static void after() throws IOException {
            Hooks.pass(Point.AFTER_SNAPSHOT_INSTALL);
        }
    }

    /** One entry of the log is applied. */
    static final class Apply {
        @Advice.OnMethodEnter
        static void before() throws IOException {
            Hooks.pass(Point.BEFORE_APPLY);
        }

        @Advice.OnMethodExit
        static void after() throws IOException {
            Hooks.pass(Point.AFTER_APPLY);
        }
    }
}
