package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.node.PeerList;
import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.EntryCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.ratis.client.RaftClient;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.exceptions.StateMachineException;
import org.apache.ratis.retry.RetryPolicies;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An entry that no node can apply would stop every node, and stop it again at each start. */
@Tag("grid")
class PoisonEntryTest {
    private static final Command TAKE =
            new Command.TryAcquire(new LockName("test", "db"), "a", new Holder("test", "a"), 3_600_000);

    @TempDir
    Path folder;

    @Test
    void bytesThatAreNoBatchAreRefusedAndNeverReachTheLog() throws Exception {
        try (MemberGrid grid = new MemberGrid(1, folder, 1_000)) {
            grid.startAll();
            RaftMember leader = grid.member(grid.awaitLeader());
            long index = leader.position().index();
            try (RaftClient client = client(grid.peers)) {
                for (byte[] garbage : garbage()) {
                    Message message = Message.valueOf(ByteString.copyFrom(garbage));
                    assertThat(Answers.decode(client.io()
                                    .sendReadOnlyNonLinearizable(message)
                                    .getMessage()
                                    .getContent()))
                            .as(Arrays.toString(garbage))
                            .isInstanceOfSatisfying(
                                    Sent.NotAppended.class,
                                    refused -> assertThat(refused.why()).startsWith("the batch cannot be read"));
                    assertThatThrownBy(() -> client.io().send(message))
                            .isInstanceOf(StateMachineException.class)
                            .hasMessageContaining("entries are written by the leader itself");
                }
            }
            assertThat(grid.run(TAKE)).isInstanceOf(Outcome.Granted.class);
            assertThat(leader.position().index()).isEqualTo(index + 1);
            assertThat(grid.fatal).isEmpty();
        }
    }

    private static List<byte[]> garbage() {
        byte[] batch = EntryCodec.encodeBatch(new Batch(1, 1, 1, List.of(TAKE)));
        byte[] otherVersion = batch.clone();
        otherVersion[0] = 99;
        byte[] otherFloor = EntryCodec.encodeBatch(new Batch(1, 1, 1, List.of(TAKE)));
        otherFloor[10] = 2; // Above its sequence.
        return Stream.of(
                        "no batch".getBytes(StandardCharsets.UTF_8),
                        new byte[1],
                        otherVersion,
                        otherFloor,
                        Arrays.copyOf(batch, batch.length - 1),
                        Arrays.copyOf(batch, batch.length + 1))
                .toList();
    }

    /** What anybody can make who reaches the Raft port and knows the cluster. */
    private static RaftClient client(PeerList peers) {
        UUID group = UUID.nameUUIDFromBytes((MemberGrid.CLUSTER + "|" + peers).getBytes(StandardCharsets.UTF_8));
        List<RaftPeer> raftPeers = peers.peers().stream()
                .map(peer -> RaftPeer.newBuilder()
                        .setId(peer.id())
                        .setAddress(peer.address())
                        .build())
                .toList();
        return RaftClient.newBuilder()
                .setProperties(new RaftProperties())
                .setRaftGroup(RaftGroup.valueOf(RaftGroupId.valueOf(group), raftPeers))
                .setRetryPolicy(RetryPolicies.noRetry())
                .build();
    }
}
