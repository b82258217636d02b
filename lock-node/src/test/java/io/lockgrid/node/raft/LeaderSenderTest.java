package io.lockgrid.node.raft;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.node.raft.LogSender.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.ratis.client.RaftClientRpc;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeer;
import org.apache.ratis.protocol.RaftPeerId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to the leader that break with several batches on them. */
@Timeout(30)
class LeaderSenderTest {
    private static final RaftPeerId LEADER = RaftPeerId.valueOf("n1");

    private final List<Connections> opened = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final PeerClient client = new PeerClient(() -> {
        var connections = new Connections();
        opened.add(connections);
        return connections;
    });
    private final LeaderSender sender = new LeaderSender(client, ClientId.randomId(), RaftGroupId.randomId());

    @AfterEach
    void letGo() {
        end.countDown();
    }

    @Test
    void batchesThatFailTogetherAreToldAtOnceThoughTheConnectionsCloseSlowly() {
        List<CompletionStage<Sent>> batches =
                IntStream.range(0, 3).mapToObj(call -> send()).toList();

        opened.getFirst().breakDown();

        assertThat(batches)
                .allSatisfy(batch -> assertThat(batch.toCompletableFuture())
                        .isCompletedWithValueMatching(Sent.Unknown.class::isInstance));
    }

    @Test
    void whatIsSentAgainAfterTheFirstFailureOutlivesTheFailuresThatFollow() {
        var again = send().thenCompose(unknown -> send());
        send();
        send();

        opened.getFirst().breakDown();

        assertThat(opened).hasSize(2);
        assertThat(opened.getLast().calls).hasSize(1);
        assertThat(opened.getLast().isClosing.getCount()).isEqualTo(1);
        assertThat(again.toCompletableFuture()).isNotDone();
    }

    @Test
    void connectionsThatBrokeAreClosed() throws InterruptedException {
        send();

        opened.getFirst().breakDown();

        assertThat(opened.getFirst().isClosing.await(20, TimeUnit.SECONDS)).isTrue();
    }

    private CompletionStage<Sent> send() {
        return sender.send(Optional.empty(), LEADER);
    }

    /** Connections that answer nothing, and wait for the end of the test when they are closed. */
    private final class Connections implements RaftClientRpc {
        final List<CompletableFuture<RaftClientReply>> calls = new ArrayList<>();
        final CountDownLatch isClosing = new CountDownLatch(1);

        void breakDown() {
            List.copyOf(calls).forEach(call -> call.completeExceptionally(new IOException("broken")));
        }

        @Override
        public CompletableFuture<RaftClientReply> sendRequestAsyncUnordered(RaftClientRequest request) {
            var call = new CompletableFuture<RaftClientReply>();
            calls.add(call);
            return call;
        }

        @Override
        public RaftClientReply sendRequest(RaftClientRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void addRaftPeers(Collection<RaftPeer> peers) {}

        @Override
        public boolean handleException(RaftPeerId server, Throwable failure, boolean reconnect) {
            close();
            return true;
        }

        @Override
        public void close() {
            isClosing.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
