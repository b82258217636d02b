package io.lockgrid.statemachine;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Bounds that apply relies on. They are constants of the log format: every replica must agree on them, so none is read
 * from configuration. What an operator may choose (a shorter longest lease, say) is checked at the edge instead.
 */
public final class Limits {
    /** Longest namespace, lock name or holder name, in UTF-8 bytes; the shortest is 1. */
    public static final int NAME_BYTES_MAX = 512;

    /** Longest ticket id or request key, in UTF-8 bytes; the shortest is 1. */
    public static final int ID_BYTES_MAX = 255;

    /**
     * Longest lease: 2^41 ms, about 69.7 years, so that any 32-bit number of seconds is a lease. The shortest is 1 ms.
     */
    public static final long LEASE_MILLIS_MAX = 1L << 41;

    /** Latest clusterTime: 2^60 ms, about 36 million years, so that the end of any lease is a number, too. */
    public static final long CLUSTER_TIME_MILLIS_MAX = 1L << 60;

    /** Waiters of one lock; a command may bring a lower bound, see {@link Command.Enqueue}. */
    public static final int WAITERS_PER_LOCK_MAX = 50_000;

    /** Ended tickets remembered in the whole grid; beyond it the oldest is forgotten at once. */
    public static final int ENDED_MAX = 100_000;

    /**
     * How long an ended ticket is remembered, in milliseconds of clusterTime, unless {@link #ENDED_MAX} comes first.
     */
    public static final long ENDED_KEPT_MILLIS = 600_000;

    /** Request keys remembered in the whole grid; beyond it the oldest is forgotten at once. */
    public static final int REQUEST_KEYS_MAX = 100_000;

    /** How long a request key is remembered, in milliseconds of clusterTime. */
    public static final long REQUEST_KEY_KEPT_MILLIS = 600_000;

    /**
     * Origins (process lives of nodes) whose batches are told apart from repeats; the one unseen longest goes first.
     */
    public static final int ORIGINS_MAX = 64;

    /** Batches of one origin that may be unanswered at once, and so the outcomes remembered for it. */
    public static final int UNANSWERED_BATCHES_MAX = 64;

    /** Commands of one batch. */
    public static final int BATCH_COMMANDS_MAX = 4_096;

    /** Access tokens of the grid. */
    public static final int ACCESS_TOKENS_MAX = 10_000;

    /** Longest name of an access token, in UTF-8 bytes; the shortest is 1. */
    public static final int ACCESS_TOKEN_NAME_BYTES_MAX = 128;

    /** Patterns of namespaces of one access token. */
    public static final int NAMESPACES_PER_ACCESS_TOKEN_MAX = 64;

    /**
     * All patterns of one access token together, in UTF-8 bytes: so that as many new tokens as a node sends in one
     * batch still fit into one log entry.
     */
    public static final int NAMESPACES_PER_ACCESS_TOKEN_BYTES_MAX = 4_096;

    private Limits() {}

    /**
     * Whether a text can be a namespace, a lock name or a holder name.
     *
     * @return true if {@code text} is well-formed UTF-16 of 1 to {@link #NAME_BYTES_MAX} bytes in UTF-8
     */
    public static boolean isName(String text) {
        return hasUtf8Length(text, NAME_BYTES_MAX);
    }

    /**
     * Whether a text can be a ticket id or a request key.
     *
     * @return true if {@code text} is well-formed UTF-16 of 1 to {@link #ID_BYTES_MAX} bytes in UTF-8
     */
    public static boolean isId(String text) {
        return hasUtf8Length(text, ID_BYTES_MAX);
    }

    /**
     * Whether a text can be the name of an access token.
     *
     * @return true if {@code text} is well-formed UTF-16 of 1 to {@link #ACCESS_TOKEN_NAME_BYTES_MAX} bytes in UTF-8
     */
    public static boolean isAccessTokenName(String text) {
        return hasUtf8Length(text, ACCESS_TOKEN_NAME_BYTES_MAX);
    }

    /**
     * Whether patterns can be the namespaces of an access token.
     *
     * @return true if they are at most {@link #NAMESPACES_PER_ACCESS_TOKEN_MAX}, each as long as a name may be and
     *     together at most {@link #NAMESPACES_PER_ACCESS_TOKEN_BYTES_MAX} bytes of UTF-8
     */
    public static boolean areNamespaces(List<String> patterns) {
        return patterns.size() <= NAMESPACES_PER_ACCESS_TOKEN_MAX
                && patterns.stream().allMatch(Limits::isName)
                && patterns.stream()
                                .mapToInt(pattern -> pattern.getBytes(StandardCharsets.UTF_8).length)
                                .sum()
                        <= NAMESPACES_PER_ACCESS_TOKEN_BYTES_MAX;
    }

    /** Whether a length in milliseconds can be a lease: 1 to {@link #LEASE_MILLIS_MAX}. */
    public static boolean isLease(long millis) {
        return millis >= 1 && millis <= LEASE_MILLIS_MAX;
    }

    static String checkName(String what, String text) {
        if (!isName(text)) {
            throw new IllegalArgumentException(what + " must have 1 to " + NAME_BYTES_MAX + " bytes of valid UTF-8");
        }
        return text;
    }

    static String checkId(String what, String text) {
        if (!isId(text)) {
            throw new IllegalArgumentException(what + " must have 1 to " + ID_BYTES_MAX + " bytes of valid UTF-8");
        }
        return text;
    }

    static String checkAccessTokenName(String text) {
        if (!isAccessTokenName(text)) {
            throw new IllegalArgumentException("a name of an access token must have 1 to " + ACCESS_TOKEN_NAME_BYTES_MAX
                    + " bytes of valid UTF-8");
        }
        return text;
    }

    static int checkWaitersMax(int waiters) {
        if (waiters < 1 || waiters > WAITERS_PER_LOCK_MAX) {
            throw new IllegalArgumentException(
                    "a lock may have 1 to " + WAITERS_PER_LOCK_MAX + " waiters, not " + waiters);
        }
        return waiters;
    }

    static long checkLease(long millis) {
        if (!isLease(millis)) {
            throw new IllegalArgumentException(
                    "a lease must have 1 to " + LEASE_MILLIS_MAX + " milliseconds, not " + millis);
        }
        return millis;
    }

    /** A lone surrogate has no UTF-8 form: two different names would become one on the wire, so it is refused. */
    private static boolean hasUtf8Length(String text, int bytesMax) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                return false;
            }
            if (bytes > bytesMax) {
                return false;
            }
        }
        return bytes > 0;
    }
}
