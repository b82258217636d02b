package io.lockgrid.http.dapr;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.wire.BadJsonException;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Rejection;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Set;
import java.util.function.Function;

/**
 * TryLock and Unlock. The order of the checks is that of the runtime (dapr/dapr, pkg/api/universal/lock.go); LockGrid's
 * own limits come after them.
 */
final class LockHandlers {
    private static final String FAMILY = "dapr";
    private static final int UNLOCKED = 0;
    private static final int NO_SUCH_LOCK = 1;
    private static final int OTHER_OWNER = 2;

    private final Locks locks;
    private final TicketIds tickets;
    private final long leaseMillisMax;
    private final Set<String> stores;

    LockHandlers(Locks locks, TicketIds tickets, long leaseMillisMax, Set<String> stores) {
        this.locks = locks;
        this.tickets = tickets;
        this.leaseMillisMax = leaseMillisMax;
        this.stores = stores;
    }

    Future<Reply> lock(Caller caller, String store, Buffer body) {
        DaprRequest request = decode(body, DaprRequest::ofLock);
        if (request.expirySeconds() <= 0) {
            throw DaprReplies.malformed("ExpiryInSeconds is not positive in lock store " + store);
        }
        LockName lock = lockName(store, request, "ERR_TRY_LOCK", "failed to try acquiring lock: ");
        caller.checkUse(lock.namespace());
        long leaseMillis = request.expirySeconds() * 1_000L;
        if (leaseMillis > leaseMillisMax) {
            throw DaprReplies.malformed(
                    "ExpiryInSeconds is greater than " + leaseMillisMax / 1_000 + " in lock store " + store);
        }
        Holder holder = new Holder(FAMILY, request.lockOwner());
        return locks.submit(new Command.TryAcquire(lock, tickets.next(), holder, leaseMillis))
                .map(LockHandlers::locked);
    }

    private static Reply locked(Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Granted granted -> DaprReplies.LOCKED.from(answer).granting(granted.token());
            case Outcome.Refused(var reason) when reason == Outcome.Reason.HELD -> DaprReplies.HELD.from(answer);
            case Outcome other -> throw unexpected(other);
        };
    }

    Future<Reply> unlock(Caller caller, String store, Buffer body) {
        DaprRequest request = decode(body, DaprRequest::ofUnlock);
        LockName lock = lockName(store, request, "ERR_UNLOCK", "failed to release lock: ");
        caller.checkUse(lock.namespace());
        return locks.submit(new Command.ReleaseHolder(lock, new Holder(FAMILY, request.lockOwner())))
                .map(answer ->
                        DaprReplies.unlocked(unlockStatus(answer.outcome())).from(answer));
    }

    private static int unlockStatus(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Released released -> UNLOCKED;
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.NO_SUCH_LOCK || reason == Outcome.Reason.NOT_HELD -> NO_SUCH_LOCK;
            case Outcome.Refused(var reason) when reason == Outcome.Reason.HELD_BY_OTHER -> OTHER_OWNER;
            case Outcome other -> throw unexpected(other);
        };
    }

    private static DaprRequest decode(Buffer body, Function<Buffer, DaprRequest> decoder) {
        try {
            return decoder.apply(body);
        } catch (BadJsonException e) {
            throw DaprReplies.malformed(
                    "failed deserializing HTTP body: proto: (line " + e.line() + ":" + e.column() + "): " + e.text());
        }
    }

    /** @param code of the error that the runtime answers when the lock component refuses a key */
    private LockName lockName(String store, DaprRequest request, String code, String prefix) {
        if (request.resourceId().isEmpty()) {
            throw DaprReplies.malformed("ResourceId is empty in lock store " + store);
        }
        if (request.lockOwner().isEmpty()) {
            throw DaprReplies.malformed("LockOwner is empty in lock store " + store);
        }
        if (!stores.isEmpty() && !stores.contains(store)) {
            throw new Rejection(
                    DaprReplies.error(400, "ERR_LOCK_STORE_NOT_FOUND", "lock store " + store + " not found"));
        }
        if (request.resourceId().contains("||")) {
            throw new Rejection(DaprReplies.error(
                    500, code, prefix + "input key/keyPrefix '" + request.resourceId() + "' can't contain '||'"));
        }
        checkLength("The name of the lock store", store, "");
        checkLength("ResourceId", request.resourceId(), " in lock store " + store);
        checkLength("LockOwner", request.lockOwner(), " in lock store " + store);
        return new LockName(store, request.resourceId());
    }

    private static void checkLength(String what, String text, String where) {
        if (!Limits.isName(text)) {
            throw DaprReplies.malformed(what + " is longer than " + Limits.NAME_BYTES_MAX + " bytes of UTF-8" + where);
        }
    }

    private static IllegalStateException unexpected(Outcome outcome) {
        return new IllegalStateException("the rules answered " + outcome + ", which the command cannot have");
    }
}
