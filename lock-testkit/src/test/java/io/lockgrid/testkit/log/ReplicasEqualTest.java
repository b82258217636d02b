package io.lockgrid.testkit.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.codec.EntryCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.ratis.proto.RaftProtos.LogEntryProto;
import org.apache.ratis.proto.RaftProtos.StateMachineLogEntryProto;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of a cluster of three: what may be in them is let pass, what breaks the promise is found. */
class ReplicasEqualTest {
    private static final long ORIGIN = 7;

    @TempDir
    Path cluster;

    @Test
    void wholeLogAndSnapshotWithTailAndLaggingNodeAreEqual() throws IOException {
        node("n1").closed(0, log(1, 0, 6)).open(6, log(1, 6, 10)).snapshot(1, 7, after(log(1, 0, 8)));
        node("n2").open(6, log(1, 6, 10)).snapshot(1, 5, after(log(1, 0, 6)));
        node("n3").open(0, log(1, 0, 3));

        assertThat(findings()).isEmpty();
    }

    @Test
    void conflictingTailOfALostLeaderIsLetPass() throws IOException {
        node("n1").closed(0, log(1, 0, 6)).open(6, log(1, 6, 9));
        node("n2").closed(0, log(1, 0, 6)).open(6, log(2, 6, 8));
        node("n3").closed(0, log(1, 0, 6)).open(6, log(2, 6, 8));

        assertThat(findings()).isEmpty();
    }

    @Test
    void otherBytesInTheSameEntryAreFound() throws IOException {
        LogEntryProto[] changed = log(1, 0, 8);
        changed[4] = MadeUpFolder.entry(1, 4, enqueue(4, "somebody else"));
        node("n1").open(0, log(1, 0, 8));
        node("n2").open(0, changed);
        node("n3").open(0, log(1, 0, 8));

        assertThat(findings())
                .anySatisfy(line -> assertThat(line).startsWith("log index 4 is not the same on n1"))
                .anySatisfy(line -> assertThat(line).contains("locks differ", "the log of n2"));
    }

    @Test
    void otherTermBelowAnEntryOfTheSameTermIsFound() throws IOException {
        LogEntryProto[] mixed = log(2, 0, 8);
        mixed[3] = log(1, 3, 4)[0];
        mixed[2] = log(1, 2, 3)[0];
        mixed[1] = log(1, 1, 2)[0];
        mixed[0] = log(1, 0, 1)[0];
        node("n1").open(0, log(2, 0, 8));
        node("n2").open(0, mixed);
        node("n3").open(0, log(2, 0, 8));

        assertThat(findings())
                .anySatisfy(line ->
                        assertThat(line).startsWith("log index 0 is not the same on n1 (term 2) and n2 (term 1)"));
    }

    @Test
    void snapshotThatForgotAWaiterIsFound() throws IOException {
        LockSpace shorter = after(log(1, 0, 5));
        node("n1").open(0, log(1, 0, 8));
        node("n2").open(6, log(1, 6, 8)).snapshot(1, 5, shorter);
        node("n3").open(0, log(1, 0, 8));

        assertThat(findings())
                .anySatisfy(line ->
                        assertThat(line).contains("at log index 5 the locks differ", "n1", "the snapshot of n2"))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("the entry at log index 6 did not do the same on all nodes")
                        .contains("n1", "n2", "position=6", "position=5"));
    }

    @Test
    void committedEntryThatAMajorityLostIsFound() throws IOException {
        node("n1").open(0, log(1, 0, 8)).snapshot(1, 7, after(log(1, 0, 8)));
        node("n2").open(0, log(1, 0, 7));
        node("n3").open(0, log(1, 0, 5));

        assertThat(findings()).singleElement().asString().contains("log index 7", "only [n1] of 3");
    }

    @Test
    void logThatDoesNotGoOnWhereTheSnapshotEndsIsFound() throws IOException {
        node("n1").open(0, log(1, 0, 8));
        node("n2").open(0, log(1, 0, 8));
        node("n3").open(7, log(1, 7, 8)).snapshot(1, 5, after(log(1, 0, 6)));

        assertThat(findings()).singleElement().asString().contains("n3 cannot be read", "begins at index 7");
    }

    @Test
    void damagedLogIsFound() throws IOException {
        node("n1").open(0, log(1, 0, 8));
        node("n2").open(0, log(1, 0, 8));
        MadeUpFolder third = node("n3").open(0, log(1, 0, 8));
        FileDamage.flipByteInLog(third.data(), new Random(1));

        assertThat(findings()).singleElement().asString().contains("n3 cannot be read");
    }

    @Test
    void entryThatNoNodeCanReadIsFound() throws IOException {
        LogEntryProto[] unreadable = log(1, 0, 8);
        unreadable[5] = LogEntryProto.newBuilder()
                .setTerm(1)
                .setIndex(5)
                .setStateMachineLogEntry(
                        StateMachineLogEntryProto.newBuilder().setLogData(ByteString.copyFromUtf8("diary")))
                .build();
        for (String id : List.of("n1", "n2", "n3")) {
            node(id).open(0, unreadable);
        }

        assertThat(findings()).hasSize(3).allSatisfy(line -> assertThat(line).contains("cannot be replayed"));
    }

    private List<String> findings() {
        return ReplicasEqual.findings(List.of(cluster.resolve("n1"), cluster.resolve("n2"), cluster.resolve("n3")));
    }

    private MadeUpFolder node(String id) {
        return new MadeUpFolder(cluster.resolve(id));
    }

    /** Tickets that queue for one lock, one in each entry. */
    private static LogEntryProto[] log(long term, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(index -> MadeUpFolder.entry(term, index, enqueue(index, "client")))
                .toArray(LogEntryProto[]::new);
    }

    private static Entry enqueue(long index, String client) {
        var command = new Command.Enqueue(
                new LockName("db", "main"), "ticket-" + index, new Holder("sfp", client), 60_000, 1_000);
        return new Entry(10 * index, 0, Optional.of(new Batch(ORIGIN, index + 1, index + 1, List.of(command))));
    }

    private static LockSpace after(LogEntryProto[] entries) {
        return Arrays.stream(entries)
                .map(entry -> EntryCodec.decode(
                        entry.getStateMachineLogEntry().getLogData().asReadOnlyByteBuffer()))
                .reduce(LockSpace.empty(), (space, entry) -> space.apply(entry).next(), (a, b) -> b);
    }
}
