package io.lockgrid.http.opensearch;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.LockService.View;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** {@code _lock}. */
final class AcquireHandler {
    /** The API has no owners: whoever comes through it is one and the same. */
    static final Holder HOLDER = new Holder("opensearch", "job-scheduler");

    private final Locks locks;
    private final TicketIds tickets;
    private final long leaseMillisMax;

    AcquireHandler(Locks locks, TicketIds tickets, long leaseMillisMax) {
        this.locks = locks;
        this.tickets = tickets;
        this.leaseMillisMax = leaseMillisMax;
    }

    Future<Reply> handle(Call call, Parameters parameters) {
        Caller caller = call.caller();
        caller.checkUse();
        boolean explains = explainsConflict(parameters);
        return RequestBody.of(call).compose(body -> {
            AcquireRequest request = AcquireRequest.read(body, leaseMillisMax);
            caller.checkUse(request.lock().namespace());
            return locks.submit(new Command.TryAcquire(request.lock(), tickets.next(), HOLDER, request.leaseMillis()))
                    .compose(answer -> reply(request, answer, explains));
        });
    }

    private static boolean explainsConflict(Parameters parameters) {
        String status = parameters.get("conflict_status");
        if (status == null || status.equals("500")) {
            return false;
        }
        if (!status.equals("409")) {
            throw OpenSearchReplies.illegalArgument("[conflict_status] must be 409 or 500, not [" + status + "]");
        }
        return true;
    }

    private Future<Reply> reply(AcquireRequest request, Answer answer, boolean explains) {
        return switch (answer.outcome()) {
            case Outcome.Granted granted ->
                Future.succeededFuture(granted(
                                request.lock(),
                                granted.token(),
                                answer.term(),
                                granted.grantedWallMillis(),
                                request.leaseMillis())
                        .from(answer)
                        .granting(granted.token()));
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.HELD ->
                explains
                        ? locks.readFrom(answer.index())
                                .map(view -> held(request.lock(), view).from(answer))
                        // Contention is an error without a body in the original, and its clients know no other sign
                        // of it.
                        : Future.succeededFuture(Reply.of(500, OpenSearchReplies.JSON, Buffer.buffer())
                                .from(answer));
            case Outcome other -> throw new IllegalStateException("an acquire cannot have the outcome " + other);
        };
    }

    /** What the holder is called stays with those who use its API: to some it is as good as a key. */
    private static Reply held(LockName lock, View view) {
        String holder = view.space()
                .lock(lock)
                .flatMap(known -> known.holder())
                .map(hold ->
                        "it is held through the API [" + hold.ticket().holder().family() + "] with seqNo ["
                                + hold.token() + "] for another ["
                                + (hold.expiresAtMillis() - view.space().clusterTimeMillis()) + "ms]")
                .orElse("it was held, and is free by now");
        return OpenSearchReplies.conflict(
                "[" + lock.namespace() + "-" + lock.name() + "]: version conflict, " + holder);
    }

    /** A lock and the version of its grant. */
    static Reply granted(LockName lock, long token, long term, long startWallMillis, long leaseMillis) {
        return Reply.of(200, OpenSearchReplies.JSON, Json.object(out -> {
            out.writeStringField("lock_id", lock.namespace() + "-" + lock.name());
            // The pair is a fencing token already in the original; here the number alone is one.
            out.writeNumberField("seq_no", token);
            out.writeNumberField("primary_term", term);
            out.writeFieldName("lock_model");
            LockModel.write(out, lock, startWallMillis, leaseMillis, false);
        }));
    }
}
