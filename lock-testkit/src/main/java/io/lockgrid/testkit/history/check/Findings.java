package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.Operation;
import java.util.stream.Stream;

/** Findings about claims. */
final class Findings {
    private Findings() {}

    /** What two claims show together; all of both is told. */
    static Finding of(String what, Claim first, Claim second) {
        return new Finding(
                what,
                Stream.concat(first.operations().stream(), second.operations().stream())
                        .toArray(Operation[]::new));
    }

    /** What a claim shows; all of it is told. */
    static Finding of(String what, Claim claim) {
        return new Finding(what, claim.operations().toArray(Operation[]::new));
    }
}
