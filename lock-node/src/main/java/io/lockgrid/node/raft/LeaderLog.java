package io.lockgrid.node.raft;

import io.lockgrid.node.raft.LogSender.Sent;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.FormatException;
import io.lockgrid.statemachine.codec.ReplyCodec.Reply;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.ratis.protocol.ClientId;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientAsynchronousProtocol;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftClientRequest;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.thirdparty.com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * The log as its leader writes it. The batches of all nodes meet here: while fewer than {@link #IN_FLIGHT_MAX} entries
 * are on their way one goes at once; else batches gather, and all that gathered go as one entry when one returns. So
 * what an entry costs (a forced write and a round on every node) is shared by all who ask at the same time, whichever
 * node they ask.
 *
 * <p>Any thread but an event loop may call. Answers come on Ratis' thread that applies, which must not be held up.
 */
final class LeaderLog implements AutoCloseable {
    /** Entries on their way at once. More would make entries smaller, which costs more than the wait. */
    static final int IN_FLIGHT_MAX = 2;

    /** Commands of one entry; with names of the longest kind this stays far below Ratis' bound of 4 MB. */
    static final int ENTRY_COMMANDS_MAX = 1024;

    private final ClientId clientId;
    private final RaftPeerId self;
    private final RaftGroupId groupId;
    private final RaftClientAsynchronousProtocol division;
    private final AtomicLong callIds = new AtomicLong();
    private final Deque<Item> waiting = new ArrayDeque<>();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("lockgrid-entries").daemon(true).factory());
    private final AtomicReference<News> news = new AtomicReference<>(News.NONE);
    private int inFlight;

    /** Of what is committed, to the followers. */
    private enum News {
        NONE,
        ON_ITS_WAY,
        /** On its way, and older than what is committed by now. */
        MORE
    }

    /** A batch, or a barrier without one, and who waits for it. */
    private record Item(Optional<Batch> batch, CompletableFuture<Sent> sent) {
        int size() {
            return batch.map(some -> some.commands().size()).orElse(0);
        }
    }

    /**
     * The log of a member's group.
     *
     * @param division of {@code server}
     */
    LeaderLog(RaftServer server, RaftServer.Division division, ClientId clientId) {
        this.clientId = clientId;
        this.self = server.getId();
        this.groupId = division.getGroup().getGroupId();
        // The division takes requests on the caller's thread; the server in front of it would add two context switches.
        this.division = division instanceof RaftClientAsynchronousProtocol protocol ? protocol : server;
    }

    /** Brings a batch of this node into the log; see {@link LogSender#send}. */
    CompletableFuture<Sent> append(Optional<Batch> batch) {
        Item item = new Item(batch, new CompletableFuture<>());
        synchronized (this) {
            waiting.add(item);
        }
        submitAll();
        return item.sent();
    }

    /** Brings another node's batch into the log, of which the bytes came, and returns those of the answer. */
    CompletableFuture<Message> append(ByteString bytes) {
        Optional<Batch> batch;
        try {
            batch = bytes.isEmpty()
                    ? Optional.empty()
                    : Optional.of(EntryCodec.decodeBatch(bytes.asReadOnlyByteBuffer()));
        } catch (FormatException e) {
            return CompletableFuture.completedFuture(
                    Answers.encode(new Sent.NotAppended("the batch cannot be read: " + e.getMessage())));
        }
        return append(batch).thenApplyAsync(Answers::encode, executor);
    }

    /**
     * Lets the followers know at once what is committed. Otherwise they hear of it with the next entry or, where there
     * is none, with the next heartbeat, half an election timeout later, and so would those who wait at a follower for
     * their turn. Takes no entry: for a read index, which nobody uses here, Ratis sends heartbeats to all.
     */
    void tellFollowers() {
        if (news.getAndUpdate(state -> state == News.NONE ? News.ON_ITS_WAY : News.MORE) == News.NONE) {
            executor.execute(this::askForReadIndex);
        }
    }

    private void askForReadIndex() {
        CompletableFuture<RaftClientReply> reply;
        try {
            reply = division.submitClientRequestAsync(
                    request(Message.EMPTY, RaftClientRequest.readRequestType(false, false, true)));
        } catch (IOException | RuntimeException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        var unused = reply.whenComplete((answer, failure) -> {
            boolean isMore = news.getAndUpdate(state -> state == News.MORE ? News.ON_ITS_WAY : News.NONE) == News.MORE;
            if (isMore) {
                executor.execute(this::askForReadIndex);
            }
        });
    }

    private void submitAll() {
        for (List<Item> items = take(); !items.isEmpty(); items = take()) {
            submit(items);
        }
    }

    /** What shall be the next entry; nothing if none may be sent now. */
    private synchronized List<Item> take() {
        if (waiting.isEmpty() || inFlight >= IN_FLIGHT_MAX) {
            return List.of();
        }
        inFlight++;
        List<Item> taken = new ArrayList<>(waiting.size());
        int commands = 0;
        do {
            commands += waiting.getFirst().size();
            taken.add(waiting.removeFirst());
        } while (!waiting.isEmpty() && commands + waiting.getFirst().size() <= ENTRY_COMMANDS_MAX);
        return taken;
    }

    private void submit(List<Item> items) {
        var message = new EntryMessage(
                items.stream().flatMap(item -> item.batch().stream()).toList());
        CompletableFuture<RaftClientReply> reply;
        try {
            reply = division.submitClientRequestAsync(request(message, RaftClientRequest.writeRequestType()));
        } catch (IOException | RuntimeException e) {
            reply = CompletableFuture.failedFuture(e);
        }
        var unused = reply.whenComplete((answer, failure) -> {
            landed();
            tell(items, message, answer, failure);
        });
    }

    /** An entry returned; the next one is not submitted here, on the thread that applies. */
    private synchronized void landed() {
        inFlight--;
        if (!waiting.isEmpty()) {
            executor.execute(this::submitAll);
        }
    }

    private static void tell(
            List<Item> items, EntryMessage message, @Nullable RaftClientReply answer, @Nullable Throwable failure) {
        if (answer != null && answer.isSuccess() && answer.getMessage() instanceof AppliedMessage(Reply reply)) {
            int from = 0;
            for (Item item : items) {
                List<Outcome> outcomes = reply.outcomes().subList(from, from + item.size());
                from += item.size();
                item.sent()
                        .complete(new Sent.Applied(
                                new Reply(reply.index(), reply.term(), reply.clusterTimeMillis(), outcomes)));
            }
            return;
        }
        String why = Answers.why(answer == null ? failure : answer.getException());
        Sent sent = message.isAppended() ? new Sent.Unknown(why) : new Sent.NotAppended(why);
        items.forEach(item -> item.sent().complete(sent));
    }

    private RaftClientRequest request(Message message, RaftClientRequest.Type type) {
        return RaftClientRequest.newBuilder()
                .setClientId(clientId)
                .setServerId(self)
                .setGroupId(groupId)
                .setCallId(callIds.incrementAndGet())
                .setMessage(message)
                .setType(type)
                .build();
    }

    @Override
    public void close() {
        executor.shutdown();
    }
}
