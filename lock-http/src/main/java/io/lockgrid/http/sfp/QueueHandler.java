package io.lockgrid.http.sfp;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Ticket;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.LockService.View;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** The queue call: takes a free lock or joins its queue. With an {@code Idempotency-Key} it does so once. */
final class QueueHandler {
    /** Keeps the keys of this API apart from those of any other. */
    private static final String KEY_PREFIX = "sfp|";

    private static final String KEY_HEADER = "Idempotency-Key";
    private static final int KEY_BYTES_MAX = 251;

    private final Locks locks;
    private final TicketIds ticketIds;
    private final long leaseMillisMax;
    private final int waitersPerLock;

    QueueHandler(Locks locks, TicketIds ticketIds, long leaseMillisMax, int waitersPerLock) {
        this.locks = locks;
        this.ticketIds = ticketIds;
        this.leaseMillisMax = leaseMillisMax;
        this.waitersPerLock = waitersPerLock;
    }

    Future<Reply> queue(Call call) {
        call.caller().checkUse();
        return BodyProperties.read(call).compose(properties -> queue(call, properties));
    }

    private Future<Reply> queue(Call call, BodyProperties properties) {
        QueueRequest request = QueueRequest.of(properties, call.caller(), leaseMillisMax);
        call.caller().checkUse(request.repository());
        String key = call.header(KEY_HEADER);
        if (key != null && (key.isEmpty() || key.getBytes(StandardCharsets.UTF_8).length > KEY_BYTES_MAX)) {
            throw SfpReplies.invalid(List.of(KEY_HEADER + " must have 1 to " + KEY_BYTES_MAX + " bytes"));
        }
        LockName lock = new LockName(request.repository(), request.resource());
        Holder holder = new Holder(LockObject.FAMILY, request.requestedBy());
        Ticket asked = new Ticket(ticketIds.next(), holder, request.leaseMillis(), 0, 0);
        Command enqueue = new Command.Enqueue(lock, asked.id(), holder, request.leaseMillis(), waitersPerLock);
        Command command = key == null
                ? enqueue
                : new Command.Keyed(remembered(call.caller(), key), fingerprint(request), enqueue);
        return locks.submit(command).compose(answer -> answered(call, lock, asked, answer));
    }

    private Future<Reply> answered(Call call, LockName lock, Ticket asked, Answer answer) {
        return switch (answer.outcome()) {
            // Everything is known, unless this is what a remembered key was answered with, which may be over by now.
            case Outcome.Granted granted
            when granted.ticket().equals(asked.id()) ->
                Future.succeededFuture(granted(lock, asked, granted, answer).afterWait(call));
            case Outcome.Granted granted -> present(call, lock, granted.ticket(), answer);
            case Outcome.Queued queued -> present(call, lock, queued.ticket(), answer);
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.QUEUE_FULL ->
                Future.succeededFuture(SfpReplies.queueFull().from(answer));
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.REQUEST_KEY_REUSED ->
                Future.succeededFuture(SfpReplies.keyReused().from(answer));
            case Outcome other -> throw new IllegalStateException("a queue call cannot have the outcome " + other);
        };
    }

    private static Reply granted(LockName lock, Ticket asked, Outcome.Granted granted, Answer answer) {
        long wall = granted.grantedWallMillis();
        Ticket ticket = new Ticket(asked.id(), asked.holder(), asked.leaseMillis(), wall, 0);
        Hold hold = new Hold(ticket, granted.token(), granted.expiresAtMillis(), wall);
        return created(new LockObject(lock, new Standing.Holding(hold), answer.clusterTimeMillis()))
                .from(answer);
    }

    /** The outcome of queueing does not say when the ticket was made, so it is looked up. */
    private Future<Reply> present(Call call, LockName lock, String ticket, Answer answer) {
        return locks.readFrom(answer.index()).compose(seen -> {
            Reply queued = present(seen, lock, ticket);
            return locks.settled(call, seen, lock, ticket)
                    .map(view -> present(view, lock, ticket).afterWait(call))
                    .recover(error -> unsettled(call, queued, lock, ticket, error));
        });
    }

    /**
     * The ticket stands, so the client is to know it even if this node cannot tell any longer what becomes of it. A
     * client that has gone without knowing it could never give it back, unless its key names the ticket.
     */
    private Future<Reply> unsettled(Call call, Reply queued, LockName lock, String ticket, Throwable error) {
        return switch (Failure.of(error)) {
            case Failure.ClientGone gone
            when call.header(KEY_HEADER) == null ->
                locks.submit(new Command.ReleaseTicket(lock, ticket)).map(released -> queued);
            case Failure.Defect defect -> Future.failedFuture(error);
            default -> Future.succeededFuture(queued);
        };
    }

    private static Reply present(View view, LockName lock, String ticket) {
        return view.space()
                .lock(lock)
                .flatMap(known -> known.find(ticket))
                .map(standing ->
                        created(new LockObject(lock, standing, view.space().clusterTimeMillis())))
                .orElseGet(() -> SfpReplies.json(201, forgotten(lock, ticket)))
                .from(view);
    }

    private static Reply created(LockObject object) {
        return SfpReplies.json(201, Json.of(object::writeTo)).granting(object.tokenHeld());
    }

    /** What is left of a request that a remembered key made, when its ticket has been forgotten before the key. */
    private static Buffer forgotten(LockName lock, String ticket) {
        return Json.object(out -> {
            LockObject.writeIdentity(out, lock, ticket);
            out.writeStringField("status", "released");
        });
    }

    /** A key as the grid remembers it: it is this caller's own, whatever keys others use. */
    private static String remembered(Caller caller, String key) {
        return KEY_PREFIX
                + HexFormat.of().formatHex(sha256(out -> {
                    out.writeUTF(caller.name());
                    out.writeUTF(key);
                }));
    }

    /** Two requests under one key are the same if these are; 64 bits of SHA-256 tell others apart. */
    private static long fingerprint(QueueRequest request) {
        return ByteBuffer.wrap(sha256(out -> {
                    out.writeUTF(request.repository());
                    out.writeUTF(request.resource());
                    out.writeUTF(request.requestedBy());
                    out.writeLong(request.leaseMillis());
                }))
                .getLong();
    }

    /** Writes what is hashed. */
    private interface Content {
        void writeTo(DataOutputStream out) throws IOException;
    }

    private static byte[] sha256(Content content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            content.writeTo(new DataOutputStream(bytes));
            return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
