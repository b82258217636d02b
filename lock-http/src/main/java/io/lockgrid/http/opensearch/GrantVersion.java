package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Reply;
import org.jspecify.annotations.Nullable;

/**
 * Which grant a release or a renewal means: {@code if_seq_no} is its fencing token, which no other grant ever has, and
 * so says it all. The grid does not remember the term of a grant: {@code if_primary_term} is compared with the present
 * one, and a later term than that cannot have been answered by this cluster.
 */
record GrantVersion(long seqNo, long primaryTerm) {
    private static final String SEQ_NO = "if_seq_no";
    private static final String PRIMARY_TERM = "if_primary_term";

    /** The one that a query names, or null if it names none. */
    static @Nullable GrantVersion of(Parameters parameters) {
        Long seqNo = number(parameters, SEQ_NO);
        Long primaryTerm = number(parameters, PRIMARY_TERM);
        if (seqNo == null && primaryTerm == null) {
            return null;
        }
        if (seqNo == null) {
            throw invalid("ifSeqNo is unassigned, but primary term is [" + primaryTerm + "]");
        }
        if (primaryTerm == null || primaryTerm == 0) {
            throw invalid("ifSeqNo is set, but primary term is [0]");
        }
        return new GrantVersion(seqNo, primaryTerm);
    }

    private static @Nullable Long number(Parameters parameters, String name) {
        String value = parameters.get(name);
        if (value == null) {
            return null;
        }
        try {
            long number = Long.parseLong(value);
            if (number < 0) {
                throw OpenSearchReplies.illegalArgument("[" + name + "] must be non negative, got [" + value + "]");
            }
            return number;
        } catch (NumberFormatException e) {
            throw OpenSearchReplies.illegalArgument(
                    "Failed to parse long parameter [" + name + "] with value [" + value + "]");
        }
    }

    private static RuntimeException invalid(String what) {
        return OpenSearchReplies.rejection(
                400, "action_request_validation_exception", "Validation Failed: 1: " + what + ";");
    }

    boolean isOf(LockModel model, long term) {
        return seqNo == model.token() && primaryTerm <= term;
    }

    /** It is not the grant that the lock has, or had last. */
    Reply conflict(String lockId, @Nullable LockModel current, long term) {
        String found = current == null
                ? "but no document was found"
                : "current document has seqNo [" + current.token() + "] and primary term [" + term + "]";
        return conflict(lockId, found);
    }

    /** @param found what there is instead */
    Reply conflict(String lockId, String found) {
        return OpenSearchReplies.conflict("[" + lockId + "]: version conflict, required seqNo [" + seqNo
                + "], primary term [" + primaryTerm + "]. " + found);
    }
}
