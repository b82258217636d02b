package io.lockgrid.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is called wrongly says so in a line, and drives nothing. */
class MainTest {
    @ParameterizedTest
    @CsvSource({
        "--workload idle, Invalid value for option '--workload'",
        "--workload hot --api dapr, --workload hot needs --api",
        "--workload list --clients 1, --workload list needs --clients 2 or more",
        "--workload own --seconds 0, --seconds is from 1 on",
        "--workload own --json /no/such/folder/file, there is no folder for",
        "--workload own --server 127.0.0.1:7701, --server",
        "--clients 4, Missing required option: '--workload",
    })
    void aWrongCallIsAnsweredInALineAndEndsWith2(String arguments, String complaint) {
        StringWriter said = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(said)).execute(("run " + arguments).split(" ", -1));
        assertThat(code).isEqualTo(2);
        assertThat(said.toString().lines().findFirst())
                .hasValueSatisfying(
                        line -> assertThat(line).startsWith("bench: ").contains(complaint));
    }
}
