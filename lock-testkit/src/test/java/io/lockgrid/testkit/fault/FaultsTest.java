package io.lockgrid.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.testkit.cluster.Proxies;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    private final PaperCluster cluster = new PaperCluster(5);
    private final Proxies proxies = new Proxies(cluster, 1);
    private final List<String> said = new ArrayList<>();
    private final FaultContext context = context(1);

    @AfterEach
    void end() {
        proxies.close();
    }

    private FaultContext context(long seed) {
        return new FaultContext(cluster, proxies, new ClientGate(), new Random(seed), said::add);
    }

    @Test
    void eachFaultIsFoundByItsNameAndNoOtherNameIsTaken() {
        List<String> names = Faults.all().stream().map(Fault::name).toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
        assertThat(names).allMatch(name -> Faults.named(name).name().equals(name));
        assertThatThrownBy(() -> Faults.named("kill-nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("kill-leader");
    }

    @Test
    void minorityLeavesAMajorityAndMajorityDoesNot() {
        Injected minority =
                done("kill-minority", () -> assertThat(cluster.running()).hasSize(3));
        Injected majority =
                done("pause-majority", () -> assertThat(cluster.paused()).hasSize(3));

        assertThat(minority.majorityUp()).isTrue();
        assertThat(minority.nodes()).hasSize(2);
        assertThat(majority.majorityUp()).isFalse();
        assertThat(cluster.running()).hasSize(5);
        assertThat(cluster.paused()).isEmpty();
    }

    @Test
    void theLeaderIsTheOneThatIsKilled() {
        Injected killed =
                done("kill-leader", () -> assertThat(cluster.isRunning(1)).isFalse());

        assertThat(killed.nodes()).containsExactly(1);
    }

    @Test
    void aNodeThatIsGoneStaysAwayAndCountsAsDown() {
        cluster.kill(4);
        context.giveUp(4, "a test says so");
        Injected minority =
                done("kill-minority", () -> assertThat(cluster.running()).hasSize(3));
        cluster.kill(5);
        context.giveUp(5, "a test says so");
        Injected leader = done("kill-leader", () -> {});

        assertThat(minority.majorityUp()).isTrue();
        assertThat(leader.majorityUp()).isFalse();
        assertThat(cluster.running()).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void inARingEachNodeHearsAMajorityAndIsHeardByIt() {
        Injected ring = done(
                "majorities-ring",
                () -> assertThat(IntStream.rangeClosed(1, 5))
                        .allMatch(i -> cluster.hears(i) == 3 && cluster.heardBy(i) == 3));

        assertThat(ring.majorityUp()).isFalse();
    }

    @Test
    void aBridgeHearsAllAndEachHalfHearsItselfAndTheBridge() {
        done("bridge", () -> {
            assertThat(IntStream.rangeClosed(1, 5)
                            .map(i -> (int) cluster.hears(i))
                            .sorted())
                    .containsExactly(3, 3, 3, 3, 5);
            assertThat(IntStream.rangeClosed(1, 5)).allMatch(i -> cluster.hears(i) == cluster.heardBy(i));
        });
    }

    @Test
    void aDeafNodeIsHeardByAll() {
        Injected oneWay = done(
                "one-way",
                () -> assertThat(IntStream.rangeClosed(1, 5).filter(i -> cluster.hears(i) == 1))
                        .singleElement()
                        .satisfies(deaf -> assertThat(cluster.heardBy(deaf)).isEqualTo(5)));

        assertThat(oneWay.majorityUp()).isTrue();
    }

    @Test
    void theLeaderIsLeftInTheMinority() {
        done("isolate-leader", () -> assertThat(cluster.hears(1)).isEqualTo(1));
        Injected minority = done("majority-minority", () -> {
            assertThat(cluster.hears(1)).isEqualTo(2);
            assertThat(cluster.heardBy(1)).isEqualTo(2);
        });

        assertThat(minority.majorityUp()).isTrue();
        assertThat(IntStream.rangeClosed(1, 5)).allMatch(i -> cluster.hears(i) == 5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pause-minority", "kill-minority", "one-way"})
    void theSameSeedHitsTheSameNodes(String name) {
        List<Integer> first = nodesHit(name, 7);

        assertThat(nodesHit(name, 7)).isEqualTo(first);
        assertThat(IntStream.range(0, 10).mapToObj(seed -> nodesHit(name, seed)).distinct())
                .hasSizeGreaterThan(1);
    }

    private List<Integer> nodesHit(String name, long seed) {
        FaultContext seeded = context(seed);
        Fault fault = Faults.named(name);
        fault.inject(seeded);
        seeded.restore();
        return seeded.injected().getFirst().nodes();
    }

    /** Injects, looks, heals. */
    private Injected done(String name, Runnable look) {
        Fault fault = Faults.named(name);
        fault.inject(context);
        look.run();
        fault.heal(context);
        return context.injected().getLast();
    }
}
