package io.lockgrid.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.lockgrid.testkit.run.FaultRun;
import io.lockgrid.testkit.run.Matrix;
import io.lockgrid.testkit.run.RunPlan;
import io.lockgrid.testkit.run.RunReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Clusters under each kind of fault: a bad run leaves its folder, and says how to repeat it. */
@Tag("cluster")
class FaultMatrixTest {
    private static final Duration LENGTH = Duration.ofSeconds(12);
    private static final Path FOLDER = Path.of("target", "faults");

    static List<Matrix.Row> rows() {
        return Matrix.rows();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void nothingThatClientsWereToldIsUntrueUnderFaults(Matrix.Row row) {
        long seed = Long.getLong("lockgrid.seed", ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE));
        var build = new RunPlan.Build(Clusters.distribution(), System.getProperty("lockgrid.image", ""));
        RunPlan plan = row.plan(build, FOLDER, LENGTH, seed);
        assumeTrue(plan.obstacle().isEmpty(), () -> plan.obstacle().orElseThrow());
        RunReport report = FaultRun.run(plan);
        System.out.println(report);
        assertThat(report.isGood()).as(report.toString()).isTrue();
    }
}
