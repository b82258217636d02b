package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockgrid.testkit.agent.mutant.Mutant;
import io.lockgrid.testkit.fault.WallClock;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The suite is tried itself: each broken rule turns the check red that stands for it, and the product turns none red.
 */
@Tag("cluster")
class MutantsTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    @ParameterizedTest
    @EnumSource(Recipe.class)
    void theProductBreaksNoRule(Recipe recipe) {
        assumeThatItCanBeRun(recipe);
        assertThat(recipe.run(folder, Optional.empty())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Mutant.class)
    void aBrokenRuleIsFoundByItsCheck(Mutant mutant) {
        Recipe recipe = recipe(mutant);
        assumeThatItCanBeRun(recipe);
        List<String> report = recipe.run(folder, Optional.of(mutant));

        assertThat(report)
                .as("what %s breaks, to be found by one of %s", mutant.label(), checks(mutant))
                .anyMatch(line -> checks(mutant).stream().anyMatch(check -> line.contains(check + " (")));
    }

    private static void assumeThatItCanBeRun(Recipe recipe) {
        assumeTrue(
                recipe != Recipe.CLOCK_JUMP || WallClock.canBeSet(),
                "no clock can be set: libfaketime is not installed (on Debian: apt-get install libfaketime)");
    }

    private static Recipe recipe(Mutant mutant) {
        return switch (mutant) {
            case STALE_READ_FROM_CUT_OFF_LEADER -> Recipe.PAUSED_LEADER;
            case RETRY_APPLIED_TWICE -> Recipe.LEADER_DIES_BEFORE_IT_ANSWERS;
            case ACKNOWLEDGED_BEFORE_COMMIT -> Recipe.LEADER_ALONE;
            case ONE_REPLICA_DIFFERS -> Recipe.FOLLOWER_IS_ASKED;
            case TOKEN_RESET_ON_SNAPSHOT, QUEUE_LOST_IN_SNAPSHOT -> Recipe.RESTART;
            case EXPIRY_BY_WALL_CLOCK, EARLY_BY_CLOCK_JUMP -> Recipe.CLOCK_JUMP;
            default -> Recipe.TURNS;
        };
    }

    private static Set<String> checks(Mutant mutant) {
        return switch (mutant) {
            case TOKEN_RESET_ON_SNAPSHOT -> Set.of("TokensOnlyGrow");
            case EXPIRY_BY_WALL_CLOCK, EARLY_BY_CLOCK_JUMP -> Set.of("NeverEarly", "OneHolderInTime");
            case RETRY_APPLIED_TWICE -> Set.of("AnswersAgreeWithTheEnd");
            case STALE_READ_FROM_CUT_OFF_LEADER -> Set.of("IndexFollowsTime");
            case QUEUE_LOST_IN_SNAPSHOT -> Set.of("NoTicketIsLost");
            case ONE_REPLICA_DIFFERS -> Set.of("ReplicasEqual");
            case RELEASE_RACING_EXPIRY_GRANTS_TWO -> Set.of("Exclusion", "OneHolderInTime");
            case LIFO -> Set.of("FirstComeFirstGranted");
            case ENDED_TICKET_REVIVED -> Set.of("NoResurrection", "AnswersAgreeWithTheEnd");
            case ACKNOWLEDGED_BEFORE_COMMIT -> Set.of("OneHolderInTime", "TokensAreUnique");
            case IDEMPOTENCY_KEY_FORGOTTEN -> Set.of("AtMostOncePerKey");
            case ANYONE_RELEASES -> Set.of("OnlyTheHolderReleases");
            case LEASE_WITHOUT_END -> Set.of("EveryQueueDrains");
        };
    }
}
