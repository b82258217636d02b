package io.lockgrid.http.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Hold;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Ticket;
import java.io.IOException;
import java.util.Optional;

/**
 * A lock as the Job Scheduler shows it: its present hold, or its newest one that is over. Whichever API took it.
 *
 * @param ticket of the hold
 * @param token of the hold
 * @param startWallMillis wall time from which the lease counts, in ms since 1970
 * @param released whether the hold is over, in whichever way
 */
record LockModel(LockName lock, Ticket ticket, long token, long startWallMillis, long leaseMillis, boolean released) {
    /** Wall time and clusterTime pass side by side, less the work of the wall clock's keepers. */
    private static final long CLOCK_JITTER_MILLIS = 500;

    /** What there is to show of a lock of a space; nothing if no hold of it is remembered. */
    static Optional<LockModel> of(LockSpace space, Lock lock) {
        Hold hold = lock.hold();
        return hold == null
                ? lock.lastHold().map(ended -> ended(lock.name(), ended))
                : Optional.of(held(space, lock.name(), hold));
    }

    private static LockModel ended(LockName name, EndedTicket ended) {
        long leaseMillis = ended.ticket().leaseMillis();
        return new LockModel(name, ended.ticket(), ended.token(), ended.grantedWallMillis(), leaseMillis, true);
    }

    /** A renewal moves the start, as in the original; a longer one than the lease lengthens the duration instead. */
    private static LockModel held(LockSpace space, LockName name, Hold hold) {
        long leaseMillis = hold.ticket().leaseMillis();
        long endWallMillis = space.wallMillis() + hold.expiresAtMillis() - space.clusterTimeMillis();
        long startWallMillis = endWallMillis - leaseMillis;
        if (Math.abs(startWallMillis - hold.grantedWallMillis()) < CLOCK_JITTER_MILLIS) {
            startWallMillis = hold.grantedWallMillis();
        } else if (startWallMillis > space.wallMillis()) {
            startWallMillis = hold.grantedWallMillis();
            leaseMillis = endWallMillis - startWallMillis;
        }
        return new LockModel(name, hold.ticket(), hold.token(), startWallMillis, leaseMillis, false);
    }

    /** As LockModel.generateLockId of the plugin; nothing is escaped, so two locks can have one id. */
    String lockId() {
        return lock.namespace() + "-" + lock.name();
    }

    /** The API that took it. */
    String family() {
        return ticket.holder().family();
    }

    void writeTo(JsonGenerator out) throws IOException {
        write(out, lock, startWallMillis, leaseMillis, released);
    }

    static void write(JsonGenerator out, LockName lock, long startWallMillis, long leaseMillis, boolean released)
            throws IOException {
        out.writeStartObject();
        out.writeStringField("job_index_name", lock.namespace());
        out.writeStringField("job_id", lock.name());
        out.writeNumberField("lock_time", startWallMillis / 1_000);
        // Rounded up: it must not look free while it is held.
        out.writeNumberField("lock_duration_seconds", Math.ceilDiv(leaseMillis, 1_000));
        out.writeBooleanField("released", released);
        out.writeEndObject();
    }
}
