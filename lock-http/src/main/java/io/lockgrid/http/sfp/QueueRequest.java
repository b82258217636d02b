package io.lockgrid.http.sfp;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.wire.JsonNumbers;
import io.lockgrid.statemachine.Limits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * What a queue call asks for, validated by the rules and in the words of class-validator; other properties are ignored.
 *
 * @param leaseMillis the number of seconds asked for, rounded up to whole ms
 * @param requestedBy who asks: the caller's name; where nobody is asked for it, what the body says
 */
record QueueRequest(String repository, String resource, long leaseMillis, String requestedBy) {
    private static final BigDecimal MILLISECOND = BigDecimal.valueOf(1, 3);

    /**
     * Reads the request of a caller.
     *
     * @throws io.lockgrid.http.wire.Rejection if a property is invalid
     */
    static QueueRequest of(BodyProperties properties, Caller caller, long leaseMillisMax) {
        List<String> broken = new ArrayList<>();
        Property repository = properties.get("repository");
        Property resource = properties.get("resource");
        Property requestedBy = requestor(properties.get("requestedBy"), caller);
        checkName("repository", repository, broken);
        checkName("resource", resource, broken);
        long leaseMillis = lease(properties.get("leaseDurationSeconds"), leaseMillisMax, broken);
        checkName("requestedBy", requestedBy, broken);
        if (!broken.isEmpty()) {
            throw SfpReplies.invalid(broken);
        }
        return new QueueRequest(repository.text(), resource.text(), leaseMillis, requestedBy.text());
    }

    /** Whoever is known is not asked: a member may release what bears their name, so nobody may take another's. */
    private static Property requestor(Property claimed, Caller caller) {
        return caller.isAnyone() && !claimed.isAbsent() ? claimed : Property.text(caller.name());
    }

    /** Adds to {@code broken} what keeps a property from being a name. */
    static void checkName(String what, Property value, List<String> broken) {
        if (value.isAbsent() || (value.isString() && value.text().isEmpty())) {
            broken.add(what + " should not be empty");
        }
        if (!value.isString()) {
            broken.add(what + " must be a string");
        } else if (!value.text().isEmpty() && !Limits.isName(value.text())) {
            broken.add(what + " must be valid Unicode, shorter than or equal to " + Limits.NAME_BYTES_MAX
                    + " bytes of UTF-8");
        }
    }

    private static long lease(Property value, long leaseMillisMax, List<String> broken) {
        BigDecimal seconds = value.isString() || value.isNumber() ? JsonNumbers.parse(value.text()) : null;
        if (seconds == null || seconds.signum() <= 0) {
            broken.add("leaseDurationSeconds must be a positive number");
        }
        if (seconds == null) {
            broken.add("leaseDurationSeconds must be a number conforming to the specified constraints");
            return 0;
        }
        // Compared before it is written out, which for 1e999999999 would take all memory.
        if (seconds.compareTo(BigDecimal.valueOf(leaseMillisMax, 3)) > 0) {
            broken.add("leaseDurationSeconds must not be greater than " + leaseMillisMax / 1_000);
            return 0;
        }
        return seconds.compareTo(MILLISECOND) <= 0
                ? 1
                : seconds.movePointRight(3).setScale(0, RoundingMode.CEILING).longValueExact();
    }
}
