package io.lockgrid.testkit.history.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.history.Disturbance;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.history.check.Conditions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FailureReportTest {
    private static final int TURNS = 50;

    @TempDir
    Path folder;

    private final AtomicLong clock = new AtomicLong();
    private final History history = new History(clock::get);

    /** Many turns of two locks, and in the middle of one lock's a grant within the hold of another. */
    @BeforeEach
    void twoHoldersAmongManyTurns() {
        for (int i = 1; i <= TURNS; i++) {
            turn("fleet/lock", "ann-" + i, 2L * i);
            turn("fleet/other", "kay-" + i, 2L * i + 1);
        }
        history.add(new Disturbance("kill n1 <leader>", 190_000_000, 195_500_000));
    }

    private void turn(String lock, String holder, long token) {
        boolean isBroken = token == TURNS;
        call(Action.CLAIM, lock, holder, token, 4 * token);
        if (isBroken) {
            call(Action.CLAIM, lock, "thief", 1_000, 4 * token + 1);
            call(Action.RELEASE, lock, "thief", 0, 4 * token + 2);
        }
        call(Action.RELEASE, lock, holder, 0, 4 * token + 3);
    }

    private void call(Action action, String lock, String holder, long token, long index) {
        clock.addAndGet(1_000_000);
        var call = history.invoke(action, "dapr", lock, holder, 5_000).by(holder.replaceAll("-.*", ""));
        call.at(clock.addAndGet(1_000_000) / 1_000_000).returned(Outcome.OK, 200, "", token, index);
    }

    @Test
    void theSmallestFailingHistoryIsThatOfTheTwoHolders() throws IOException {
        List<String> told = FailureReport.write(history, Conditions.UNKNOWN, folder);

        String exclusion = told.stream()
                .filter(text -> text.startsWith("Exclusion"))
                .findFirst()
                .orElseThrow();
        assertThat(exclusion).contains("by thief", "by ann-25", "Exclusion.html");
        assertThat(exclusion.lines().filter(line -> line.contains(" of fleet/")))
                .hasSizeLessThanOrEqualTo(4);
        String witness = told.stream()
                .filter(text -> text.startsWith("WitnessCheck"))
                .findFirst()
                .orElseThrow();
        assertThat(witness).contains("by thief", "by ann-25");
        assertThat(witness.lines().filter(line -> line.contains(" of fleet/"))).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void thePageNeedsNothingElseAndShowsCallsAndFaults() throws IOException {
        FailureReport.write(history, Conditions.UNKNOWN, folder);

        String page = Files.readString(folder.resolve("Exclusion.html"));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<svg", "culprit", "kill n1 &lt;leader&gt;", "CLAIM of fleet/lock by thief")
                .doesNotContain("http:", "https:", "<script", "src=", "%");
    }

    @Test
    void aListSaysInWordsWhoHoldsAndWaits() {
        Listing queue =
                listing(true, new Listing.Seat("t1", "sfp-1-2", 7, 0), new Listing.Seat("t2", "dapr:dapr-3-1", 0, 1));

        assertThat(queue)
                .hasToString("LIST of fleet/lock by observer (sfp) 1.500-1.502 s: sfp-1-2 holds under 7 (ticket t1),"
                        + " dapr:dapr-3-1 waits at 1 (ticket t2) index 9 clusterTime 80");
        assertThat(listing(false).toString()).contains(" s: free index 9 ");
    }

    private static Listing listing(boolean held, Listing.Seat... seats) {
        return new Listing(
                "fleet/lock", "sfp", "observer", 1_500_000_000, 1_502_000_000, 9, 80, held, true, List.of(seats));
    }

    @Test
    void nothingIsWrittenOfAHistoryThatIsTrue() throws IOException {
        assertThat(FailureReport.write(new History(() -> 0), Conditions.UNKNOWN, folder))
                .isEmpty();
        assertThat(folder).isEmptyDirectory();
    }
}
