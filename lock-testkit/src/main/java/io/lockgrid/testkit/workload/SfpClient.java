package io.lockgrid.testkit.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Invocation;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Queues, waits for its turn, and now and then gives up waiting. A queue call is repeated under its key. */
public final class SfpClient implements LockClient {
    /** As histories call it. */
    public static final String FAMILY = "sfp";

    /** Path of all locks. */
    public static final String LOCKS = "/sfp/api/locks";

    private static final int GIVES_UP = 10;

    private final GridHttp http;
    private final History history;
    private final String name;
    private final Habits habits;
    private int cycles;

    /** A client that names itself in its requestors. */
    public SfpClient(GridHttp http, History history, String name, int leaseSeconds) {
        this(http, history, name, Habits.plain(leaseSeconds));
    }

    /** A client of such habits. */
    SfpClient(GridHttp http, History history, String name, Habits habits) {
        this.http = http;
        this.history = history;
        this.name = FAMILY + "-" + name;
        this.habits = habits;
    }

    @Override
    public void cycle(String lockName) {
        String requestor = name + "-" + ++cycles;
        Operation claim = queue(lockName, requestor);
        long token = claim.token();
        if (habits.isRoughOnceIn(Habits.RESENT)) {
            token = Math.max(token, tryQueue(lockName, requestor).token());
        }
        if (habits.isRoughOnceIn(Habits.GONE)) {
            return;
        }
        if (token == 0 && !habits.onceIn(GIVES_UP)) {
            token = awaitTurn(lockName, requestor, claim.ticket());
        }
        if (token > 0) {
            habits.work().whileHolding(new Hold(lockName, name, requestor, token));
        }
        habits.untilDone(() -> release(lockName, requestor, claim.ticket()).isDefinite(), "release of " + requestor);
        habits.rest();
    }

    /** Repeats the call at any node until the answer is known. */
    public Operation queue(String lockName, String requestor) {
        AtomicReference<Operation> last = new AtomicReference<>();
        habits.untilDone(
                () -> {
                    last.set(tryQueue(lockName, requestor));
                    return last.get().outcome() == Outcome.OK;
                },
                "queue call of " + requestor);
        return last.get();
    }

    /** One try at any node. */
    public Operation tryQueue(String lockName, String requestor) {
        Invocation call = invoke(Action.CLAIM, lockName, requestor).queues().under(requestor);
        Reply reply = http.as(requestor)
                .anyPost(
                        LOCKS,
                        Map.of(
                                "repository",
                                NAMESPACE,
                                "resource",
                                lockName,
                                "leaseDurationSeconds",
                                habits.leaseSeconds(),
                                "requestedBy",
                                requestor),
                        "Idempotency-Key",
                        requestor);
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        JsonNode lock = reply.expect(reply.status() == 201).json();
        return call.at(reply.clusterTimeMillis())
                .waitingAt(lock.path("queuePosition").asInt())
                .returned(Outcome.OK, 201, lock.path("ticketId").asText(), reply.token(), reply.index());
    }

    /**
     * Waits until the ticket holds, or has ended, as it does when its lease goes by while nobody answers.
     *
     * @return its token, 0 if it has ended
     */
    private long awaitTurn(String lockName, String requestor, String ticket) {
        AtomicReference<Reply> last = new AtomicReference<>(Reply.NO_CONNECTION);
        habits.untilDone(
                () -> {
                    Reply reply = acquire(lockName, requestor, ticket);
                    last.set(reply);
                    return !reply.isFailure()
                            && (reply.token() > 0 || reply.body().contains("has ended"));
                },
                "the turn of " + requestor);
        return last.get().token();
    }

    private Reply acquire(String lockName, String requestor, String ticket) {
        Invocation call = invoke(Action.LOOK, lockName, requestor).queues();
        Reply reply = http.as(requestor).any("POST", path(lockName, ticket) + "/acquire", "");
        if (reply.isFailure()) {
            call.returned(reply.failure(), reply.status(), ticket, 0, -1);
            return reply;
        }
        boolean holds = reply.json().path("acquired").booleanValue();
        reply.expect(holds == reply.token() > 0);
        call.at(reply.clusterTimeMillis())
                .returned(holds ? Outcome.OK : Outcome.FAIL, reply.status(), ticket, reply.token(), reply.index());
        return reply;
    }

    /** One try at any node. */
    public Operation release(String lockName, String requestor, String ticket) {
        Invocation call = invoke(Action.RELEASE, lockName, requestor).queues();
        Reply reply = http.as(requestor).any("DELETE", path(lockName, ticket), "");
        if (reply.isFailure()) {
            return call.returned(reply.failure(), reply.status(), ticket, 0, -1);
        }
        boolean released = reply.json().path("released").booleanValue();
        return call.at(reply.clusterTimeMillis())
                .returned(released ? Outcome.OK : Outcome.FAIL, reply.status(), ticket, 0, reply.index());
    }

    /** Ends all claims to a lock by force: one try at any node. */
    Operation clear(String lockName) {
        Invocation call = invoke(Action.CLEAR, lockName, name + "-" + ++cycles);
        Reply reply = http.any("DELETE", LOCKS + "/" + NAMESPACE + "/" + lockName, "");
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        reply.expect(reply.json().path("cleared").isNumber());
        return call.at(reply.clusterTimeMillis()).returned(Outcome.OK, reply.status(), "", 0, reply.index());
    }

    private Invocation invoke(Action action, String lockName, String requestor) {
        return history.invoke(action, FAMILY, LockClient.lock(lockName), requestor, habits.leaseMillis())
                .by(name);
    }

    /** Path of a ticket. */
    public static String path(String lockName, String ticket) {
        return LOCKS + "/" + NAMESPACE + "/" + lockName + "/" + ticket;
    }
}
