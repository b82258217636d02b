package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Listing, acquire and release. */
final class LockHandlers {
    /** The API has no owners: whoever comes through it is one and the same. */
    private static final Holder HOLDER = new Holder("opensearch", "job-scheduler");

    private final Locks locks;
    private final TicketIds tickets;
    private final long leaseMillisMax;

    LockHandlers(Locks locks, TicketIds tickets, long leaseMillisMax) {
        this.locks = locks;
        this.tickets = tickets;
        this.leaseMillisMax = leaseMillisMax;
    }

    /** @param id of the lock to show, or null for all */
    Future<Reply> list(@Nullable String id, JsonStyle style) {
        if (id == null) {
            return locks.read().map(view -> LockListing.all(view.space(), style).from(view));
        }
        if (id.indexOf('-') < 0) {
            throw OpenSearchReplies.illegalArgument("Lock ID must be in format 'index-jobid'");
        }
        return locks.read().map(view -> LockListing.one(view.space(), id).from(view));
    }

    Future<Reply> acquire(Buffer body) {
        AcquireRequest request = AcquireRequest.read(body, leaseMillisMax);
        return locks.submit(new Command.TryAcquire(request.lock(), tickets.next(), HOLDER, request.leaseMillis()))
                .map(answer -> acquired(request, answer));
    }

    private static Reply acquired(AcquireRequest request, Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Granted granted ->
                Reply.of(200, OpenSearchReplies.JSON, Json.object(out -> {
                            out.writeStringField(
                                    "lock_id",
                                    request.lock().namespace() + "-"
                                            + request.lock().name());
                            // The pair is a fencing token already in the original; here the number alone is one.
                            out.writeNumberField("seq_no", granted.token());
                            out.writeNumberField("primary_term", answer.term());
                            out.writeFieldName("lock_model");
                            LockModel.write(
                                    out, request.lock(), granted.grantedWallMillis(), request.leaseMillis(), false);
                        }))
                        .from(answer)
                        .granting(granted.token());
            // Contention is an error without a body in the original, and its clients know no other sign of it.
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.HELD ->
                Reply.of(500, OpenSearchReplies.JSON, Buffer.buffer()).from(answer);
            case Outcome other -> throw new IllegalStateException("an acquire cannot have the outcome " + other);
        };
    }

    /**
     * Ends the hold that a lock of this id has now, if it was taken through this API. The ticket that was seen is
     * released, and no other: a hold that begins meanwhile is left alone.
     */
    Future<Reply> release(String id) {
        return locks.read().compose(view -> {
            List<LockModel> found = LockIds.findAll(view.space(), id);
            LockModel ours = null;
            boolean othersHold = false;
            for (LockModel model : found) {
                if (!model.released() && model.hold().holder().equals(HOLDER)) {
                    ours = ours == null || model.token() > ours.token() ? model : ours;
                } else if (!model.released()) {
                    othersHold = true;
                }
            }
            if (ours == null) {
                boolean isOver = !found.isEmpty() && !othersHold;
                return Future.succeededFuture(released(isOver).from(view));
            }
            return locks.submit(
                            new Command.ReleaseTicket(ours.lock(), ours.hold().id()))
                    .map(answer -> released(answer));
        });
    }

    private static Reply released(Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Released released -> released(true).from(answer);
            // It was over, or even forgotten, before this release came: that is a success as well.
            case Outcome.Refused refused -> released(true).from(answer);
            case Outcome other -> throw new IllegalStateException("a release cannot have the outcome " + other);
        };
    }

    private static Reply released(boolean success) {
        return Reply.of(success ? 200 : 500, OpenSearchReplies.JSON, Json.object(out -> {
            out.writeStringField("release-lock", success ? "success" : "failed");
        }));
    }
}
