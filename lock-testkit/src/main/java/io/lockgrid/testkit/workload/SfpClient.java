package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/** Queues, waits for its turn, and now and then gives up waiting. A queue call is repeated under its key. */
public final class SfpClient implements LockClient {
    /** As histories call it. */
    public static final String FAMILY = "sfp";
    /** Path of all locks. */
    public static final String LOCKS = "/sfp/api/locks";

    private final GridHttp http;
    private final History history;
    private final String name;
    private final int leaseSeconds;
    private int cycles;

    /** A client that names itself in its requestors. */
    public SfpClient(GridHttp http, History history, String name, int leaseSeconds) {
        this.http = http;
        this.history = history;
        this.name = name;
        this.leaseSeconds = leaseSeconds;
    }

    @Override
    public void cycle(String lockName) {
        String requestor = FAMILY + "-" + name + "-" + ++cycles;
        Operation claim = queue(lockName, requestor);
        boolean givesUp = !claim.saysHeld() && ThreadLocalRandom.current().nextInt(10) == 0;
        if (!claim.saysHeld() && !givesUp) {
            Pace.untilDone(() -> hadItsTurn(lockName, requestor, claim.ticket()), "the turn of " + requestor);
        }
        Pace.pause(0, 4);
        Pace.untilDone(
                () -> release(lockName, requestor, claim.ticket()).outcome() != Outcome.UNKNOWN,
                "release of " + requestor);
        Pace.pause(10, 40);
    }

    /** Repeats the call at any node until the answer is known. */
    public Operation queue(String lockName, String requestor) {
        AtomicReference<Operation> last = new AtomicReference<>();
        Pace.untilDone(
                () -> {
                    last.set(tryQueue(lockName, requestor));
                    return last.get().outcome() == Outcome.OK;
                },
                "queue call of " + requestor);
        return last.get();
    }

    /** One try at any node. */
    public Operation tryQueue(String lockName, String requestor) {
        var call = history.invoke(Action.CLAIM, FAMILY, LockClient.lock(lockName), requestor, leaseSeconds * 1_000L);
        Reply reply = http.anyPost(
                LOCKS,
                Map.of(
                        "repository",
                        NAMESPACE,
                        "resource",
                        lockName,
                        "leaseDurationSeconds",
                        leaseSeconds,
                        "requestedBy",
                        requestor),
                "Idempotency-Key",
                requestor);
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), "", 0, -1);
        }
        String ticket =
                reply.expect(reply.status() == 201).json().path("ticketId").asText();
        return call.returned(Outcome.OK, reply.status(), ticket, reply.token(), reply.index());
    }

    /** Whether the ticket holds, or its lease went by while nobody answered; it is not waited for any longer then. */
    private boolean hadItsTurn(String lockName, String requestor, String ticket) {
        Reply reply = acquire(lockName, requestor, ticket);
        return !reply.isUnknown() && (reply.token() > 0 || reply.body().contains("has ended"));
    }

    private Reply acquire(String lockName, String requestor, String ticket) {
        var call = history.invoke(Action.LOOK, FAMILY, LockClient.lock(lockName), requestor, leaseSeconds * 1_000L);
        Reply reply = http.any("POST", path(lockName, ticket) + "/acquire", "");
        if (reply.isUnknown()) {
            call.returned(Outcome.UNKNOWN, reply.status(), ticket, 0, -1);
            return reply;
        }
        boolean holds = reply.json().path("acquired").booleanValue();
        reply.expect(holds == reply.token() > 0);
        call.returned(holds ? Outcome.OK : Outcome.FAIL, reply.status(), ticket, reply.token(), reply.index());
        return reply;
    }

    /** One try at any node. */
    public Operation release(String lockName, String requestor, String ticket) {
        var call = history.invoke(Action.RELEASE, FAMILY, LockClient.lock(lockName), requestor, leaseSeconds * 1_000L);
        Reply reply = http.any("DELETE", path(lockName, ticket), "");
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), ticket, 0, -1);
        }
        boolean released = reply.json().path("released").booleanValue();
        return call.returned(released ? Outcome.OK : Outcome.FAIL, reply.status(), ticket, 0, reply.index());
    }

    /** Path of a ticket. */
    public static String path(String lockName, String ticket) {
        return LOCKS + "/" + NAMESPACE + "/" + lockName + "/" + ticket;
    }
}
