package io.lockgrid.cli.cluster;

import io.lockgrid.cli.cluster.GridHttp.Reply;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/** Queues, waits for its turn, and now and then gives up waiting. A queue call is repeated under its key. */
final class SfpClient implements LockClient {
    static final String FAMILY = "sfp";
    static final String LOCKS = "/sfp/api/locks";

    private final GridHttp http;
    private final History history;
    private final String name;
    private final int leaseSeconds;
    private int cycles;

    SfpClient(GridHttp http, History history, String name, int leaseSeconds) {
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
    Operation queue(String lockName, String requestor) {
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
    Operation tryQueue(String lockName, String requestor) {
        var call = history.invoke(Action.CLAIM, FAMILY, LockClient.lock(lockName), requestor, leaseSeconds * 1_000L);
        Reply reply = http.anyPost(
                LOCKS,
                new JsonObject()
                        .put("repository", NAMESPACE)
                        .put("resource", lockName)
                        .put("leaseDurationSeconds", leaseSeconds)
                        .put("requestedBy", requestor),
                "Idempotency-Key",
                requestor);
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), "", 0, -1);
        }
        String ticket = reply.expect(reply.status() == 201).json().getString("ticketId");
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
        boolean holds = reply.json().getBoolean("acquired");
        reply.expect(holds == reply.token() > 0);
        call.returned(holds ? Outcome.OK : Outcome.FAIL, reply.status(), ticket, reply.token(), reply.index());
        return reply;
    }

    /** One try at any node. */
    Operation release(String lockName, String requestor, String ticket) {
        var call = history.invoke(Action.RELEASE, FAMILY, LockClient.lock(lockName), requestor, leaseSeconds * 1_000L);
        Reply reply = http.any("DELETE", path(lockName, ticket), "");
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), ticket, 0, -1);
        }
        boolean released = reply.json().getBoolean("released");
        return call.returned(released ? Outcome.OK : Outcome.FAIL, reply.status(), ticket, 0, reply.index());
    }

    static String path(String lockName, String ticket) {
        return LOCKS + "/" + NAMESPACE + "/" + lockName + "/" + ticket;
    }
}
