package io.lockgrid.http.opensearch;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.wire.Call;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService.Answer;
import io.lockgrid.statemachine.service.LockService.View;
import io.lockgrid.statemachine.service.NodeStatus;
import io.vertx.core.Future;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code _release_lock} and {@code _renew_lock}, which name a lock by its id. The hold is looked up first and then
 * meant by its ticket, and no other: a hold that begins meanwhile is left alone.
 */
final class HoldHandlers {
    private final Locks locks;
    private final long leaseMillisMax;

    HoldHandlers(Locks locks, long leaseMillisMax) {
        this.locks = locks;
        this.leaseMillisMax = leaseMillisMax;
    }

    Future<Reply> release(Call call, String id, Parameters parameters) {
        Caller caller = call.caller();
        checkUse(caller, id);
        GrantVersion wanted = GrantVersion.of(parameters);
        LockModel held = wanted == null ? null : heldHere(caller, id, wanted);
        return held == null
                ? release(caller, id, wanted)
                : locks.submit(new Command.ReleaseTicket(
                                held.lock(), held.ticket().id()))
                        .compose(answer -> answer.outcome() instanceof Outcome.Released
                                ? Future.succeededFuture(released(answer))
                                : release(caller, id, wanted));
    }

    private Future<Reply> release(Caller caller, String id, @Nullable GrantVersion wanted) {
        return locks.read().compose(view -> {
            List<LockModel> found = LockIds.findAll(view.space(), id, caller.namespaces());
            return wanted == null ? release(found, view) : release(id, wanted, found, view);
        });
    }

    /**
     * The grant that is meant if this node sees it held through this API, which it nearly always does: then the log can
     * decide without a read before. Null is no answer; what this node sees may be out of date.
     */
    private @Nullable LockModel heldHere(Caller caller, String id, GrantVersion wanted) {
        NodeStatus here = locks.status();
        return LockIds.findAll(here.space(), id, caller.namespaces()).stream()
                .filter(model -> wanted.isOf(model, here.term()) && isOurs(model))
                .findFirst()
                .orElse(null);
    }

    /** Whatever hold the id has now, if it was taken through this API. */
    private Future<Reply> release(List<LockModel> found, View view) {
        Optional<LockModel> ours =
                found.stream().filter(HoldHandlers::isOurs).max(Comparator.comparingLong(LockModel::token));
        boolean isOver = !found.isEmpty() && found.stream().allMatch(LockModel::released);
        return ours.map(this::release)
                .orElseGet(() -> Future.succeededFuture(released(isOver).from(view)));
    }

    /** The one grant that is meant; one that is over is a success as long as no other came after it. */
    private Future<Reply> release(String id, GrantVersion wanted, List<LockModel> found, View view) {
        LockModel meant = meant(wanted, found, view);
        if (meant == null) {
            return Future.succeededFuture(
                    wanted.conflict(id, newest(found), view.term()).from(view));
        }
        return isOurs(meant)
                ? release(meant)
                : Future.succeededFuture(released(meant.released()).from(view));
    }

    private Future<Reply> release(LockModel held) {
        return locks.submit(new Command.ReleaseTicket(held.lock(), held.ticket().id()))
                .map(answer -> released(answer));
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

    /** Without the version of a grant anybody who knows an id could keep somebody else's lock. */
    Future<Reply> renew(Call call, String id, Parameters parameters) {
        Caller caller = call.caller();
        checkUse(caller, id);
        GrantVersion wanted = GrantVersion.of(parameters);
        if (wanted == null) {
            throw OpenSearchReplies.illegalArgument(
                    "missing required parameters: [if_seq_no, if_primary_term], as the acquire answered them");
        }
        return RequestBody.of(call).compose(body -> {
            Long leaseMillis = AcquireRequest.readDuration(body, leaseMillisMax);
            LockModel held = heldHere(caller, id, wanted);
            return held == null
                    ? renew(caller, id, wanted, leaseMillis)
                    : submit(held, leaseMillis)
                            .compose(answer -> answer.outcome() instanceof Outcome.Renewed
                                    ? renewed(id, wanted, held, answer)
                                    : renew(caller, id, wanted, leaseMillis));
        });
    }

    private Future<Reply> renew(Caller caller, String id, GrantVersion wanted, @Nullable Long leaseMillis) {
        return locks.read().compose(view -> {
            List<LockModel> found = LockIds.findAll(view.space(), id, caller.namespaces());
            LockModel meant = meant(wanted, found, view);
            if (meant == null) {
                return Future.succeededFuture(
                        wanted.conflict(id, newest(found), view.term()).from(view));
            }
            return renew(id, wanted, meant, leaseMillis);
        });
    }

    private Future<Reply> renew(String id, GrantVersion wanted, LockModel meant, @Nullable Long asked) {
        if (!meant.released() && !isOurs(meant)) {
            return Future.succeededFuture(
                    wanted.conflict(id, "which is held through the API [" + meant.family() + "]"));
        }
        // Also one that looks over: the log decides.
        return submit(meant, asked).compose(answer -> renewed(id, wanted, meant, answer));
    }

    private Future<Answer> submit(LockModel meant, @Nullable Long asked) {
        long leaseMillis = asked == null ? meant.ticket().leaseMillis() : asked;
        return locks.submit(new Command.Renew(meant.lock(), meant.ticket().id(), leaseMillis));
    }

    private Future<Reply> renewed(String id, GrantVersion wanted, LockModel meant, Answer answer) {
        return switch (answer.outcome()) {
            case Outcome.Renewed renewed ->
                locks.readFrom(answer.index())
                        .map(view -> renewed(meant.lock(), renewed, answer, view.space())
                                .from(answer)
                                .granting(renewed.token()));
            case Outcome.Refused refused ->
                Future.succeededFuture(
                        wanted.conflict(id, "whose lease has ended").from(answer));
            case Outcome other -> throw new IllegalStateException("a renewal cannot have the outcome " + other);
        };
    }

    private static Reply renewed(LockName lock, Outcome.Renewed renewed, Answer answer, LockSpace after) {
        long passedMillis = after.clusterTimeMillis() - answer.clusterTimeMillis();
        return AcquireHandler.granted(
                lock,
                renewed.token(),
                answer.term(),
                after.wallMillis() - passedMillis,
                renewed.expiresAtMillis() - answer.clusterTimeMillis());
    }

    /** An id of which no reading is the caller's to use is refused; what it may not use it does not see either. */
    private static void checkUse(Caller caller, String id) {
        caller.checkUse();
        List<LockName> names = LockIds.names(id);
        if (names.stream().noneMatch(name -> caller.namespaces().include(name.namespace()))) {
            names.forEach(name -> caller.checkUse(name.namespace()));
        }
    }

    private static @Nullable LockModel meant(GrantVersion wanted, List<LockModel> found, View view) {
        return found.stream()
                .filter(model -> wanted.isOf(model, view.term()))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable LockModel newest(List<LockModel> found) {
        return found.stream().max(Comparator.comparingLong(LockModel::token)).orElse(null);
    }

    private static boolean isOurs(LockModel model) {
        return !model.released() && model.ticket().holder().equals(AcquireHandler.HOLDER);
    }
}
