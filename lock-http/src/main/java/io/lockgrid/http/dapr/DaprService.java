package io.lockgrid.http.dapr;

import io.dapr.v1.DaprProtos.UnlockResponse;
import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.dapr.DaprError.Operation;
import io.lockgrid.http.dapr.DaprError.Refusal;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.TicketIds;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.vertx.core.Future;
import io.vertx.grpc.common.GrpcStatus;

/**
 * TryLock and Unlock, whichever way they came. The order of the checks is that of the runtime (dapr/dapr,
 * pkg/api/universal/lock.go); LockGrid's own limits come after them. What is refused is thrown, as a {@link Refusal} or
 * a {@link io.lockgrid.http.wire.Failure.Carrier}.
 */
final class DaprService {
    private static final String FAMILY = "dapr";

    private final Locks locks;
    private final TicketIds tickets;
    private final long leaseMillisMax;
    private final DaprStores stores;

    DaprService(Locks locks, TicketIds tickets, long leaseMillisMax, DaprStores stores) {
        this.locks = locks;
        this.tickets = tickets;
        this.leaseMillisMax = leaseMillisMax;
        this.stores = stores;
    }

    /** The answer is a grant, or else the lock is held. */
    Future<Answer> lock(Caller caller, DaprRequest request) {
        String store = request.store();
        if (request.expirySeconds() <= 0) {
            throw DaprError.malformed("ExpiryInSeconds is not positive in lock store " + store);
        }
        LockName lock = lockName(Operation.LOCK, request);
        caller.checkUse(lock.namespace());
        long leaseMillis = request.expirySeconds() * 1_000L;
        if (leaseMillis > leaseMillisMax) {
            throw DaprError.malformed(
                    "ExpiryInSeconds is greater than " + leaseMillisMax / 1_000 + " in lock store " + store);
        }
        Holder holder = new Holder(FAMILY, request.lockOwner());
        return locks.submit(new Command.TryAcquire(lock, tickets.next(), holder, leaseMillis));
    }

    /** The fencing token of a grant, or 0 if the lock is held. */
    static long token(Answer locked) {
        return switch (locked.outcome()) {
            case Outcome.Granted granted -> granted.token();
            case Outcome.Refused(var reason) when reason == Outcome.Reason.HELD -> 0;
            case Outcome other -> throw unexpected(other);
        };
    }

    /** What the answer means is told by {@link #unlocked}. */
    Future<Answer> unlock(Caller caller, DaprRequest request) {
        LockName lock = lockName(Operation.UNLOCK, request);
        caller.checkUse(lock.namespace());
        return locks.submit(new Command.ReleaseHolder(lock, new Holder(FAMILY, request.lockOwner())));
    }

    static UnlockResponse.Status unlocked(Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Released released -> UnlockResponse.Status.SUCCESS;
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.NO_SUCH_LOCK || reason == Outcome.Reason.NOT_HELD ->
                UnlockResponse.Status.LOCK_DOES_NOT_EXIST;
            case Outcome.Refused(var reason)
            when reason == Outcome.Reason.HELD_BY_OTHER -> UnlockResponse.Status.LOCK_BELONGS_TO_OTHERS;
            case Outcome other -> throw unexpected(other);
        };
    }

    private LockName lockName(Operation operation, DaprRequest request) {
        String store = request.store();
        String resource = request.resourceId();
        if (resource.isEmpty()) {
            throw DaprError.malformed("ResourceId is empty in lock store " + store);
        }
        if (request.lockOwner().isEmpty()) {
            throw DaprError.malformed("LockOwner is empty in lock store " + store);
        }
        if (!stores.know(store)) {
            throw new Refusal(new DaprError(
                    400,
                    "ERR_LOCK_STORE_NOT_FOUND",
                    GrpcStatus.INVALID_ARGUMENT,
                    "lock store " + store + " not found"));
        }
        if (resource.contains(KeyPrefix.SEPARATOR)) {
            throw new Refusal(operation.failed(
                    500, GrpcStatus.INTERNAL, "input key/keyPrefix '" + resource + "' can't contain '||'"));
        }
        checkLength("The name of the lock store", store, "");
        String name = stores.keyPrefix().lockName(request);
        checkLength(
                name.equals(resource) ? "ResourceId" : "ResourceId with dapr-app-id", name, " in lock store " + store);
        checkLength("LockOwner", request.lockOwner(), " in lock store " + store);
        return new LockName(store, name);
    }

    private static void checkLength(String what, String text, String where) {
        if (!Limits.isName(text)) {
            throw DaprError.malformed(what + " is longer than " + Limits.NAME_BYTES_MAX + " bytes of UTF-8" + where);
        }
    }

    private static IllegalStateException unexpected(Outcome outcome) {
        return new IllegalStateException("the rules answered " + outcome + ", which the command cannot have");
    }
}
