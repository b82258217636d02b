package io.lockgrid.testkit.agent;

/** What happens to a node at a {@link Point}. */
public enum Action {
    /** The process ends at once with exit code 137, as by SIGKILL. Once. */
    CRASH,
    /** The write fails as on a full disk. Once. */
    FAIL_NO_SPACE,
    /** The thread is held up for {@link Hooks#SLOW_MILLIS} at each passage, as by a slow disk, until it is disarmed. */
    SLOW
}
