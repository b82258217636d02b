package io.lockgrid.http.sfp;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Role;
import io.lockgrid.statemachine.service.LockService.View;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * What can be asked of one ticket: its status, whether it holds by now, and its release.
 *
 * <p>A member may see and release tickets of their own, and is not told whether there are others.
 */
final class TicketHandlers {
    private final Locks locks;

    TicketHandlers(Locks locks) {
        this.locks = locks;
    }

    /** At once, or when the ticket does not wait any longer, if the client would rather wait for that. */
    Future<Reply> status(Call call, LockName lock, String ticket) {
        Caller caller = call.caller();
        checkUseOfOwn(caller, lock);
        return locks.read().compose(seen -> {
            if (!mayUse(caller, find(seen, lock, ticket))) {
                return Future.succeededFuture(othersTicket(caller).from(seen));
            }
            return locks.settled(call, seen, lock, ticket)
                    .map(view -> status(view, lock, ticket).from(view).afterWait(call));
        });
    }

    private static Reply status(View view, LockName lock, String ticket) {
        return find(view, lock, ticket)
                .map(found -> new LockObject(lock, found, view.space().clusterTimeMillis()))
                .map(found -> SfpReplies.json(200, Json.of(found::writeTo)))
                .orElseGet(SfpReplies::noSuchLock);
    }

    /**
     * Whether the ticket holds the lock. The grid promotes by itself, so this takes nothing and may be asked again and
     * again, by the holder too. Answered like {@link #status}.
     */
    Future<Reply> acquire(Call call, LockName lock, String ticket) {
        call.caller().checkUse(lock.namespace());
        return locks.read()
                .compose(seen -> locks.settled(call, seen, lock, ticket))
                .map(view -> find(view, lock, ticket)
                        .map(TicketHandlers::acquired)
                        .orElseGet(SfpReplies::noSuchLock)
                        .from(view)
                        .afterWait(call));
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
    Future<Reply> release(Caller caller, LockName lock, String ticket) {
        checkUseOfOwn(caller, lock);
        if (caller.role() != Role.MEMBER) {
            return release(lock, ticket);
        }
        // A ticket has one holder for ever, so what is seen here is still so when the log gets to the release.
        return locks.read().compose(view -> {
            return mayUse(caller, find(view, lock, ticket))
                    ? release(lock, ticket)
                    : Future.succeededFuture(othersTicket(caller).from(view));
        });
    }

    private Future<Reply> release(LockName lock, String ticket) {
        if (!Limits.isId(ticket)) {
            return Future.succeededFuture(released(false, "Lock not found"));
        }
        return locks.submit(new Command.ReleaseTicket(lock, ticket))
                .map(answer -> released(answer.outcome()).from(answer));
    }

    private static void checkUseOfOwn(Caller caller, LockName lock) {
        if (caller.role() != Role.MEMBER) {
            caller.checkUse(lock.namespace());
        } else if (!caller.namespaces().include(lock.namespace())) {
            throw new Failure.Carrier(new Failure.Forbidden(caller.name(), "namespace \"" + lock.namespace() + "\""));
        }
    }

    private static boolean mayUse(Caller caller, Optional<Standing> standing) {
        Holder own = new Holder(LockObject.FAMILY, caller.name());
        boolean isOwn = standing.filter(found -> holder(found).equals(own)).isPresent();
        return isOwn || caller.role() != Role.MEMBER;
    }

    private static Reply othersTicket(Caller caller) {
        return SfpReplies.failure(new Failure.Forbidden(caller.name(), "a ticket of others"));
    }

    private static Holder holder(Standing standing) {
        return switch (standing) {
            case Standing.Holding(var hold) -> hold.ticket().holder();
            case Standing.Waiting(var ticket, int position) -> ticket.holder();
            case Standing.Over(var ended) -> ended.ticket().holder();
        };
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
