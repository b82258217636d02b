package io.lockgrid.testkit.simulation.invariant;

import io.lockgrid.testkit.simulation.Invariant;
import java.util.List;

/** The promises of the grid, as they can be seen in one core. */
public final class Invariants {
    private Invariants() {}

    /** Fresh ones for one run. The model is last: it sees everything, but says less well what is wrong. */
    public static List<Invariant> all() {
        return List.of(
                new AccessTokensAreFound(),
                new AccessTokensLastUntilRevoked(),
                new ClearEndsEveryTicket(),
                new ClockIsMonotonic(),
                new CountsAgree(),
                new DeadlinesAgree(),
                new DueMeansEnded(),
                new ExclusionInClusterTime(),
                new FirstQueuedFirstGranted(),
                new NeverEarly(),
                new NoPhantom(),
                new NoResurrection(),
                new NoTicketIsLost(),
                new OncePerBatch(),
                new OncePerRequestKey(),
                new OnlyTheHolderReleases(),
                new RefusalsChangeNothing(),
                new RestoreChangesNothing(),
                new TicketsAreFound(),
                new TokensOnlyGrow(),
                new WaitersHaveAHolder(),
                new LikeTheModel());
    }
}
