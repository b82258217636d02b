package io.lockgrid.http.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Ticket;
import java.io.IOException;
import java.util.Optional;

/**
 * A lock as the Job Scheduler shows it: its present hold, or its newest one that is over. Whichever API took it.
 *
 * @param hold the present hold's, or the last one's: its token, start and lease
 * @param released whether the hold is over, in whichever way
 */
record LockModel(LockName lock, long token, long grantedWallMillis, Ticket hold, boolean released) {
    /** What there is to show of a lock; nothing if no hold of it is remembered. */
    static Optional<LockModel> of(Lock lock) {
        Hold hold = lock.hold();
        if (hold != null) {
            return Optional.of(
                    new LockModel(lock.name(), hold.token(), hold.grantedWallMillis(), hold.ticket(), false));
        }
        return lock.lastHold().map(ended -> of(lock.name(), ended));
    }

    private static LockModel of(LockName name, EndedTicket ended) {
        return new LockModel(name, ended.token(), ended.grantedWallMillis(), ended.ticket(), true);
    }

    /** As LockModel.generateLockId of the plugin; nothing is escaped, so two locks can have one id. */
    String lockId() {
        return lock.namespace() + "-" + lock.name();
    }

    void writeTo(JsonGenerator out) throws IOException {
        write(out, lock, grantedWallMillis, hold.leaseMillis(), released);
    }

    static void write(JsonGenerator out, LockName lock, long grantedWallMillis, long leaseMillis, boolean released)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("job_index_name", lock.namespace());
        out.writeStringField("job_id", lock.name());
        out.writeNumberField("lock_time", grantedWallMillis / 1_000);
        // Rounded up: it must not look free while it is held.
        out.writeNumberField("lock_duration_seconds", Math.ceilDiv(leaseMillis, 1_000));
        out.writeBooleanField("released", released);
        out.writeEndObject();
    }
}
