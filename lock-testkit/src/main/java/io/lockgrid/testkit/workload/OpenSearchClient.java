package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Locks by try and error. The API has no owners, so whatever is not certain is left to its lease: a lock that may have
 * been taken, a release that may have happened, and a hold whose lease may be over before a release comes through.
 */
public final class OpenSearchClient implements LockClient {
    /** As histories call it. */
    public static final String FAMILY = "opensearch";

    private static final String JOB_SCHEDULER = "/_plugins/_job_scheduler";
    private static final long RELEASE_SECONDS_MAX = 4;

    private final GridHttp http;
    private final History history;
    private final String name;
    private final int leaseSeconds;
    private int cycles;

    /** A client; the name is only for the history. */
    public OpenSearchClient(GridHttp http, History history, String name, int leaseSeconds) {
        this.http = http;
        this.history = history;
        this.name = name;
        this.leaseSeconds = leaseSeconds;
    }

    @Override
    public void cycle(String lockName) {
        String claimant = FAMILY + "-" + name + "-" + ++cycles;
        Operation claim = acquire(lockName, claimant);
        if (claim.outcome() == Outcome.OK) {
            Pace.pause(0, 4);
            long sinceSeconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - claim.invokedNanos());
            if (sinceSeconds + RELEASE_SECONDS_MAX < leaseSeconds) {
                release(lockName, claimant);
            }
        }
        Pace.pause(5, 25);
    }

    /** One try at any node; by POST, since a GET may be sent twice by the client itself. */
    public Operation acquire(String lockName, String claimant) {
        var call = history.invoke(Action.CLAIM, FAMILY, LockClient.lock(lockName), claimant, leaseSeconds * 1_000L);
        Reply reply = http.anyPost(
                JOB_SCHEDULER + "/_lock",
                Map.of("job_index_name", NAMESPACE, "job_id", lockName, "lock_duration_seconds", leaseSeconds));
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), "", 0, -1);
        }
        boolean held = reply.status() == 500 && reply.body().isEmpty();
        reply.expect(held || (reply.status() == 200 && reply.token() > 0));
        return call.returned(held ? Outcome.FAIL : Outcome.OK, reply.status(), "", reply.token(), reply.index());
    }

    /** One try at any node. */
    public Operation release(String lockName, String claimant) {
        var call = history.invoke(Action.RELEASE, FAMILY, LockClient.lock(lockName), claimant, leaseSeconds * 1_000L);
        Reply reply = http.any("PUT", JOB_SCHEDULER + "/_release_lock/" + NAMESPACE + "-" + lockName, "");
        if (reply.isUnknown()) {
            return call.returned(Outcome.UNKNOWN, reply.status(), "", 0, -1);
        }
        reply.expect(reply.status() == 200 || reply.status() == 500);
        boolean released = reply.status() == 200;
        return call.returned(released ? Outcome.OK : Outcome.FAIL, reply.status(), "", 0, reply.index());
    }
}
