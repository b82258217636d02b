package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Invocation;
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
    private final Habits habits;
    private int cycles;

    /** A client that names itself in its owners. */
    public DaprClient(GridHttp http, History history, String name, int leaseSeconds) {
        this(http, history, name, Habits.plain(leaseSeconds));
    }

    /** A client of such habits. */
    DaprClient(GridHttp http, History history, String name, Habits habits) {
        this.http = http;
        this.history = history;
        this.name = FAMILY + "-" + name;
        this.habits = habits;
    }

    @Override
    public void cycle(String lockName) {
        String owner = name + "-" + ++cycles;
        Operation claim = lock(lockName, owner);
        if (claim.outcome() == Outcome.OK) {
            habits.work().whileHolding(new Hold(lockName, name, owner, claim.token()));
        }
        if (claim.mayHaveHappened() && !habits.isRoughOnceIn(Habits.GONE)) {
            habits.untilDone(() -> unlock(lockName, owner).isDefinite(), "unlock of " + owner);
        }
        habits.rest();
    }

    /** One try at any node. */
    public Operation lock(String lockName, String owner) {
        Invocation call = invoke(Action.CLAIM, lockName, owner);
        Reply reply = http.anyPost(
                "/v1.0-alpha1/lock/" + NAMESPACE,
                Map.of("resourceId", lockName, "lockOwner", owner, "expiryInSeconds", habits.leaseSeconds()));
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        boolean success = reply.json().path("success").booleanValue();
        reply.expect(success == reply.token() > 0);
        return call.at(reply.clusterTimeMillis())
                .returned(success ? Outcome.OK : Outcome.FAIL, reply.status(), "", reply.token(), reply.index());
    }

    /** One try at any node. */
    public Operation unlock(String lockName, String owner) {
        Invocation call = invoke(Action.RELEASE, lockName, owner);
        Reply reply =
                http.anyPost("/v1.0-alpha1/unlock/" + NAMESPACE, Map.of("resourceId", lockName, "lockOwner", owner));
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        boolean released = reply.json().path("status").intValue() == 0;
        return call.at(reply.clusterTimeMillis())
                .returned(released ? Outcome.OK : Outcome.FAIL, reply.status(), "", 0, reply.index());
    }

    private Invocation invoke(Action action, String lockName, String owner) {
        return history.invoke(action, FAMILY, LockClient.lock(lockName), owner, habits.leaseMillis())
                .by(name);
    }
}
