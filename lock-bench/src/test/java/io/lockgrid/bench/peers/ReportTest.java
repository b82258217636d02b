package io.lockgrid.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockgrid.bench.peers.Outcome.Spread;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private static final Load OWN = new Load(Load.OWN, 64);
    private static final Load HOT = new Load(Load.HOT, 16);

    private final List<Result> results = new ArrayList<>();

    @Test
    void aPlaceOfTheTableHasMedianRangeTailAndRatio() {
        add("lockgrid", OWN, 4000, 8000, 6000);
        add("redis", OWN, 3000, 1000, 2000);
        assertThat(tables())
                .contains("| System | 64 clients |\n")
                .contains("| LockGrid, HTTP | 6,000 [4,000-8,000], 9.0 ms |\n")
                .contains("| Redis + Redisson, ONE node | 2,000 [1,000-3,000], 9.0 ms, x 3.00 |\n");
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        add("lockgrid", OWN, 1000, 4000, 2000, 9000);
        assertThat(tables()).contains("3,000 [1,000-9,000]");
    }

    @Test
    void oneLockForAllAlsoSaysHowLongAHandOverTakes() {
        add("redis-fair", HOT, 1000);
        assertThat(tables()).contains("| the same, fair lock | 1,000 [1,000-1,000], 9.0 ms; hand-over 0.5 / 25 ms |\n");
    }

    @Test
    void errorsAreNotKeptSilent() {
        results.add(new Result(1, "redis", OWN, new Outcome(10, new Spread(1, 9), new Spread(0, 0), 2, 3, 7)));
        assertThat(tables()).contains("9.0 ms, 7 errors |");
    }

    @Test
    void whatWasNotMeasuredIsADash() {
        add("lockgrid", OWN, 1000);
        add("redis-fair", HOT, 1000);
        assertThat(tables()).contains("| the same, fair lock | – | 2.0 + 3.0 |\n");
    }

    @Test
    void theJsonHoldsEveryMeasurement(@TempDir Path folder) throws Exception {
        add("redis", OWN, 1000, 2000);
        Path file = folder.resolve("peers.json");
        report().writeJson(file);
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("Machine").asText()).isEqualTo("a small one");
        assertThat(json.path("results")).hasSize(2);
        assertThat(json.at("/results/1/outcome/perSecond").asDouble()).isEqualTo(2000);
        assertThat(json.at("/results/1/load/clients").asInt()).isEqualTo(64);
    }

    private void add(String contender, Load load, double... perSecond) {
        for (int i = 0; i < perSecond.length; i++) {
            Spread handOver = load.isHot() ? new Spread(0.5, 25) : new Spread(0, 0);
            results.add(
                    new Result(i + 1, contender, load, new Outcome(perSecond[i], new Spread(1, 9), handOver, 2, 3, 0)));
        }
    }

    private String tables() {
        return report().tables();
    }

    private Report report() {
        List<Contender> contenders = Contender.all(Path.of(""), "token");
        return new Report(contenders, List.of(OWN, HOT), results, Map.of("Machine", "a small one"));
    }
}
