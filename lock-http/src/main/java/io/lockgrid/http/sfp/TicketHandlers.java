package io.lockgrid.http.sfp;

import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService.View;
import io.vertx.core.Future;
import java.util.Optional;

/** What can be asked of one ticket: its status, whether it holds by now, and its release. */
final class TicketHandlers {
    private final Locks locks;

    TicketHandlers(Locks locks) {
        this.locks = locks;
    }

    Future<Reply> status(LockName lock, String ticket) {
        return locks.read()
                .map(view -> find(view, lock, ticket)
                        .map(standing ->
                                new LockObject(lock, standing, view.space().clusterTimeMillis()))
                        .map(found -> SfpReplies.json(200, Json.of(found::writeTo)))
                        .orElseGet(SfpReplies::noSuchLock)
                        .from(view));
    }

    /**
     * Whether the ticket holds the lock. The grid promotes by itself, so this takes nothing and may be asked again and
     * again, by the holder too.
     */
    Future<Reply> acquire(LockName lock, String ticket) {
        return locks.read()
                .map(view -> find(view, lock, ticket)
                        .map(TicketHandlers::acquired)
                        .orElseGet(SfpReplies::noSuchLock)
                        .from(view));
    }

    private static Reply acquired(Standing standing) {
        return switch (standing) {
            case Standing.Holding(var hold) -> acquired(true, "Lock acquired").granting(hold.token());
            case Standing.Waiting(var ticket, int position) ->
                acquired(false, "Lock request is queued at position " + position);
            case Standing.Over(var ended) -> acquired(false, "Lock request has ended: " + end(ended.end()));
        };
    }

    private static Reply acquired(boolean acquired, String message) {
        return SfpReplies.json(200, Json.object(out -> {
            out.writeBooleanField("acquired", acquired);
            out.writeStringField("message", message);
        }));
    }

    private static String end(EndedTicket.End end) {
        return switch (end) {
            case RELEASED -> "it was released";
            case EXPIRED -> "its lease expired";
            case CANCELLED -> "it was cancelled while it was queued";
            case CLEARED -> "all locks of the resource were cleared";
        };
    }

    /**
     * A success also for a ticket that is over or unknown: clients clean up after the end, too. The body says which.
     */
    Future<Reply> release(LockName lock, String ticket) {
        if (!Limits.isId(ticket)) {
            return Future.succeededFuture(released(false, "Lock not found"));
        }
        return locks.submit(new Command.ReleaseTicket(lock, ticket))
                .map(answer -> released(answer.outcome()).from(answer));
    }

    private static Reply released(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Released(var ticket, var end) ->
                released(true, end == EndedTicket.End.CANCELLED ? "Queued lock request cancelled" : "Lock released");
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.TICKET_ENDED -> released(false, "Lock request had already ended");
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.NO_SUCH_TICKET -> released(false, "Lock not found");
            case Outcome other -> throw new IllegalStateException("a release cannot have the outcome " + other);
        };
    }

    private static Reply released(boolean released, String message) {
        return SfpReplies.json(200, Json.object(out -> {
            out.writeBooleanField("released", released);
            out.writeStringField("message", message);
        }));
    }

    private static Optional<Standing> find(View view, LockName lock, String ticket) {
        return view.space().lock(lock).flatMap(known -> known.find(ticket));
    }
}
