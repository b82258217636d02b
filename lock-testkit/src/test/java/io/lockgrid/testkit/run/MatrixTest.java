package io.lockgrid.testkit.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.fault.Fault;
import io.lockgrid.testkit.fault.Faults;
import io.lockgrid.testkit.run.Matrix.Row;
import io.lockgrid.testkit.workload.Workload;
import org.junit.jupiter.api.Test;

class MatrixTest {
    private static final int ROWS_MIN = 30;

    @Test
    void everyFaultIsTriedAndEveryWorkload() {
        assertThat(Matrix.rows().stream().flatMap(row -> row.faults().stream()))
                .containsAll(Faults.all().stream().map(Fault::name).toList());
        assertThat(Matrix.rows().stream().map(Row::workload)).contains(Workload.values());
        assertThat(Matrix.rows()).hasSizeGreaterThanOrEqualTo(ROWS_MIN).doesNotHaveDuplicates();
    }

    @Test
    void theRegisterWithoutAGuardMeetsPausedClients() {
        assertThat(Matrix.rows())
                .anyMatch(row -> row.workload() == Workload.REGISTER_UNGUARDED
                        && row.faults().contains("pause-clients"))
                .anyMatch(row -> row.workload() == Workload.REGISTER_GUARDED
                        && row.faults().contains("pause-clients"));
    }
}
