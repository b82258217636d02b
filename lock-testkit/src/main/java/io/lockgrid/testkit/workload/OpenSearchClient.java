package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Invocation;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Locks by try and error. The API has no owners, so a lock that may have been taken is left to its lease. A rough
 * client names the grant that it means, as this grid allows; any other leaves to its lease what is not certain: a
 * release that may have happened, and a hold whose lease may be over before a release comes through.
 */
public final class OpenSearchClient implements LockClient {
    /** As histories call it. */
    public static final String FAMILY = "opensearch";

    private static final String JOB_SCHEDULER = "/_plugins/_job_scheduler";
    private static final long RELEASE_SECONDS_MAX = 4;

    private final GridHttp http;
    private final History history;
    private final String name;
    private final Habits habits;
    private int cycles;

    /** The term that the last grant was answered in. */
    private long term;

    /** A client; the name is only for the history. */
    public OpenSearchClient(GridHttp http, History history, String name, int leaseSeconds) {
        this(http, history, name, Habits.plain(leaseSeconds));
    }

    /** A client of such habits. */
    OpenSearchClient(GridHttp http, History history, String name, Habits habits) {
        this.http = http;
        this.history = history;
        this.name = FAMILY + "-" + name;
        this.habits = habits;
    }

    @Override
    public void cycle(String lockName) {
        String claimant = name + "-" + ++cycles;
        Operation claim = acquire(lockName, claimant);
        if (claim.outcome() == Outcome.OK) {
            if (habits.isRoughOnceIn(Habits.RENEWED)) {
                renew(lockName, claimant, claim.token());
            }
            habits.work().whileHolding(new Hold(lockName, name, claimant, claim.token()));
            end(lockName, claimant, claim);
        }
        habits.rest();
    }

    private void end(String lockName, String claimant, Operation claim) {
        if (habits.isRoughOnceIn(Habits.GONE)) {
            return;
        }
        if (habits.rough()) {
            habits.untilDone(() -> release(lockName, claimant, claim.token()).isDefinite(), "release of " + claimant);
            return;
        }
        long sinceSeconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - claim.invokedNanos());
        if (sinceSeconds + RELEASE_SECONDS_MAX < habits.leaseSeconds()) {
            release(lockName, claimant, 0);
        }
    }

    /** One try at any node; by POST, since a GET may be sent twice by the client itself. */
    public Operation acquire(String lockName, String claimant) {
        Invocation call = invoke(Action.CLAIM, lockName, claimant);
        Reply reply = http.anyPost(
                JOB_SCHEDULER + "/_lock",
                Map.of(
                        "job_index_name",
                        NAMESPACE,
                        "job_id",
                        lockName,
                        "lock_duration_seconds",
                        habits.leaseSeconds()));
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        boolean held = reply.status() == 500 && reply.body().isEmpty();
        reply.expect(held || (reply.status() == 200 && reply.token() > 0));
        if (!held) {
            term = reply.json().path("primary_term").asLong();
        }
        return call.at(reply.clusterTimeMillis())
                .returned(held ? Outcome.FAIL : Outcome.OK, reply.status(), "", reply.token(), reply.index());
    }

    /** A new lease from now on: one try at any node. */
    private Operation renew(String lockName, String claimant, long token) {
        Invocation call = invoke(Action.RENEW, lockName, claimant).naming(token);
        Reply reply = http.any("PUT", path("_renew_lock", lockName, token), "");
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        boolean renewed =
                reply.expect(reply.status() == 200 || reply.status() == 409).status() == 200;
        return call.at(reply.clusterTimeMillis())
                .returned(renewed ? Outcome.OK : Outcome.FAIL, reply.status(), "", reply.token(), reply.index());
    }

    /** One try at any node, of the grant with this token, or with 0 of whatever holds. */
    private Operation release(String lockName, String claimant, long token) {
        Invocation call = invoke(Action.RELEASE, lockName, claimant).naming(token);
        Reply reply = http.any("PUT", path("_release_lock", lockName, token), "");
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        boolean released = reply.status() == 200;
        reply.expect(released || reply.status() == (token == 0 ? 500 : 409));
        return call.at(reply.clusterTimeMillis())
                .returned(released ? Outcome.OK : Outcome.FAIL, reply.status(), "", 0, reply.index());
    }

    private String path(String route, String lockName, long token) {
        String version = token == 0 ? "" : "?if_seq_no=" + token + "&if_primary_term=" + term;
        return JOB_SCHEDULER + "/" + route + "/" + NAMESPACE + "-" + lockName + version;
    }

    private Invocation invoke(Action action, String lockName, String claimant) {
        return history.invoke(action, FAMILY, LockClient.lock(lockName), claimant, habits.leaseMillis())
                .by(name);
    }
}
