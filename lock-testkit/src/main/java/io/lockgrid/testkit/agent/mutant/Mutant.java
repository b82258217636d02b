package io.lockgrid.testkit.agent.mutant;

import static net.bytebuddy.matcher.ElementMatchers.isConstructor;

import io.lockgrid.testkit.agent.Change;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A build of the product in which one rule is broken; the sentence that says which is at its class. */
public enum Mutant {
    /** See {@link TokenResetOnSnapshot}. */
    TOKEN_RESET_ON_SNAPSHOT,
    /** See {@link ExpiryByWallClock}. */
    EXPIRY_BY_WALL_CLOCK,
    /** See {@link RetryAppliedTwice}. */
    RETRY_APPLIED_TWICE,
    /** See {@link StaleRead}. */
    STALE_READ_FROM_CUT_OFF_LEADER,
    /** See {@link QueueLostInSnapshot}. */
    QUEUE_LOST_IN_SNAPSHOT,
    /** See {@link LateReleaseEndsTheNext}. */
    RELEASE_RACING_EXPIRY_GRANTS_TWO,
    /** See {@link Lifo}. */
    LIFO,
    /** See {@link EarlyByClockJump}. */
    EARLY_BY_CLOCK_JUMP,
    /** See {@link EndedTicketRevived}. */
    ENDED_TICKET_REVIVED,
    /** See {@link AcknowledgedBeforeCommit}. */
    ACKNOWLEDGED_BEFORE_COMMIT,
    /** See {@link IdempotencyKeyForgotten}. */
    IDEMPOTENCY_KEY_FORGOTTEN,
    /** See {@link ReleaseNotApplied}. To be given to one node only. */
    ONE_REPLICA_DIFFERS,
    /** See {@link AnyoneReleases}. */
    ANYONE_RELEASES,
    /** See {@link LeaseWithoutEnd}. */
    LEASE_WITHOUT_END;

    private static final String RULES = "io.lockgrid.statemachine.";
    private static final String APPLICATION = RULES + "EntryApplication";
    private static final String LEADER = "org.apache.ratis.server.impl.LeaderStateImpl";

    /** The mutant that {@link #option} calls so. */
    public static Mutant named(String name) {
        return Arrays.stream(values())
                .filter(mutant -> mutant.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no mutant " + name));
    }

    /** Its name, e.g. {@code token-reset-on-snapshot}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What {@link io.lockgrid.testkit.agent.AgentJar#option} takes. */
    public String option() {
        return "mutant=" + label();
    }

    /** What makes it: changes of the product or of Ratis 3.3.0. */
    public List<Change> changes() {
        return switch (this) {
            case TOKEN_RESET_ON_SNAPSHOT ->
                List.of(
                        new Change(RULES + "Restoration", isConstructor(), TokenResetOnSnapshot.class),
                        new Change(RULES + "InvariantException", "check", Unchecked.class));
            case EXPIRY_BY_WALL_CLOCK -> List.of(new Change(APPLICATION, isConstructor(), ExpiryByWallClock.class));
            case RETRY_APPLIED_TWICE -> one(RULES + "Origins", "find", RetryAppliedTwice.class);
            case STALE_READ_FROM_CUT_OFF_LEADER -> one("io.lockgrid.node.GridLockService", "read", StaleRead.class);
            case QUEUE_LOST_IN_SNAPSHOT ->
                one(RULES + "Restoration$LockRestoration", "waiter", QueueLostInSnapshot.class);
            case RELEASE_RACING_EXPIRY_GRANTS_TWO -> one(APPLICATION, "releaseTicket", LateReleaseEndsTheNext.class);
            case LIFO -> one(RULES + "Line", "first", Lifo.class);
            case EARLY_BY_CLOCK_JUMP ->
                List.of(new Change("io.lockgrid.node.clock.LeaderClock", isConstructor(), EarlyByClockJump.class));
            case ENDED_TICKET_REVIVED -> one(APPLICATION, "endWaiter", EndedTicketRevived.class);
            case ACKNOWLEDGED_BEFORE_COMMIT ->
                one(LEADER + "$MinMajorityMax", "getMajority", AcknowledgedBeforeCommit.class);
            case IDEMPOTENCY_KEY_FORGOTTEN -> one(APPLICATION, "apply", IdempotencyKeyForgotten.class);
            case ONE_REPLICA_DIFFERS -> one(APPLICATION, "releaseTicket", ReleaseNotApplied.class);
            case ANYONE_RELEASES -> one(APPLICATION, "releaseHolder", AnyoneReleases.class);
            case LEASE_WITHOUT_END -> one(APPLICATION, "expireDue", LeaseWithoutEnd.class);
        };
    }

    private static List<Change> one(String type, String method, Class<?> advice) {
        return List.of(new Change(type, method, advice));
    }
}
