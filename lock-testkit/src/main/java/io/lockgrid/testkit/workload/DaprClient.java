package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.util.Map;

/** Locks by try and error, each time under another owner. */
public final class DaprClient implements LockClient {
    /** As histories call it. */
    public static final String FAMILY = "dapr";

    private final GridHttp http;
    private final History history;
    private final String name;
    private final int leaseSeconds;
    private int cycles;

    /** A client that names itself in its owners. */
    public DaprClient(GridHttp http, History history, String name, int leaseSeconds) {
        this.http = http;
        this.history = history;
        this.name = name;
        this.leaseSeconds = leaseSeconds;
    }

    @Override
    public void cycle(String lockName) {
        String owner = FAMILY + "-" + name + "-" + ++cycles;
        Operation claim = lock(lockName, owner);
        if (claim.outcome() == Outcome.OK) {
            Pace.pause(0, 4);
        }
        if (claim.outcome() != Outcome.FAIL) {
            Pace.untilDone(() -> unlock(lockName, owner).outcome() != Outcome.UNKNOWN, "unlock of " + owner);
        }
        Pace.pause(5, 25);
    }

    /** One try at any node. */
    public Operation lock(String lockName, String owner) {
        var call = history.invoke(Action.CLAIM, FAMILY, LockClient.lock(lockName), owner, leaseSeconds * 1_000L);
        Reply reply = http.anyPost(
                "/v1.0-alpha1/lock/" + NAMESPACE,
                Map.of("resourceId", lockName, "lockOwner", owner, "expiryInSeconds", leaseSeconds));
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), "", 0, -1);
        }
        boolean success = reply.json().path("success").booleanValue();
        reply.expect(success == reply.token() > 0);
        return call.returned(success ? Outcome.OK : Outcome.FAIL, reply.status(), "", reply.token(), reply.index());
    }

    /** One try at any node. */
    public Operation unlock(String lockName, String owner) {
        var call = history.invoke(Action.RELEASE, FAMILY, LockClient.lock(lockName), owner, leaseSeconds * 1_000L);
        Reply reply =
                http.anyPost("/v1.0-alpha1/unlock/" + NAMESPACE, Map.of("resourceId", lockName, "lockOwner", owner));
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), "", 0, -1);
        }
        boolean released = reply.json().path("status").intValue() == 0;
        return call.returned(released ? Outcome.OK : Outcome.FAIL, reply.status(), "", 0, reply.index());
    }
}
