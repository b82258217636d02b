package io.lockgrid.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.agent.Change;
import io.lockgrid.testkit.agent.PointAdvice;
import io.lockgrid.testkit.agent.ShortLog;
import io.lockgrid.testkit.agent.mutant.Mutant;
import java.util.Arrays;
import java.util.stream.Stream;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the agent of the tests changes is in the product and in Ratis: told before a cluster is started for nothing. */
class AgentChangesTest {
    static Stream<Change> changes() {
        Stream<Change> points = Stream.concat(PointAdvice.CHANGES.stream(), Stream.of(ShortLog.CHANGE));
        return Stream.concat(points, Arrays.stream(Mutant.values()).flatMap(mutant -> mutant.changes().stream()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void everyChangeFindsItsMethod(Change change) {
        var type = TypePool.Default.of(AgentChangesTest.class.getClassLoader()).describe(change.type());

        assertThat(type.isResolved()).as(change.type()).isTrue();
        assertThat(type.resolve().getDeclaredMethods().filter(change.method()))
                .as("%s", change)
                .hasSize(1);
    }
}
