package io.lockgrid.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFileTest {
    @TempDir
    Path folder;

    @Test
    void whatWasRecordedIsReadBack() throws IOException {
        AtomicLong clock = new AtomicLong();
        History history = new History(() -> clock.addAndGet(5));
        history.invoke(Action.CLAIM, "sfp", "fleet/gold", "ann-1", 8_000)
                .by("ann")
                .queues()
                .under("ann-1")
                .at(1_234)
                .waitingAt(2)
                .returned(Outcome.OK, 201, "t1", 0, 17);
        history.invoke(Action.RENEW, "opensearch", "fleet/gold", "bob-1", 8_000)
                .naming(7)
                .at(1_300)
                .leasedUntil(9_300)
                .returned(Outcome.OK, 200, "", 7, 18);
        history.invoke(Action.CLAIM, "dapr", "fleet/\"grün\"\n", "eve", 8_000).failed(Outcome.UNKNOWN, 503);
        history.add(new Listing(
                "fleet/gold",
                "sfp",
                "observer",
                1,
                2,
                19,
                1_400,
                true,
                true,
                List.of(new Listing.Seat("t1", "ann-1", 8, 0))));
        history.add(new Ending("t1", "released", "expired", 8));
        history.add(new RegisterWrite("gold", true, "ann", "ann-1", 8, 1, 2, 41, 42, true, 3));
        history.add(new Disturbance("kill n1", 10, 20));
        Path file = folder.resolve("history.jsonl");

        HistoryFile.write(history, file);
        History read = HistoryFile.read(file);

        assertThat(read.operations()).isEqualTo(history.operations()).hasSize(3);
        assertThat(read.listings()).isEqualTo(history.listings()).hasSize(1);
        assertThat(read.endings()).isEqualTo(history.endings()).hasSize(1);
        assertThat(read.writes()).isEqualTo(history.writes()).hasSize(1);
        assertThat(read.disturbances()).isEqualTo(history.disturbances()).hasSize(1);
    }

    @Test
    void aLineHasTheMembersThatTheDocumentationNames() throws IOException {
        History history = new History(() -> 3);
        history.invoke(Action.RELEASE, "dapr", "fleet/gold", "ann", 8_000)
                .at(90)
                .returned(Outcome.FAIL, 200, "", 0, 4);
        Path file = folder.resolve("history.jsonl");

        HistoryFile.write(history, file);

        assertThat(file).hasContent("""
                {"type":"operation","action":"RELEASE","queues":false,"family":"dapr","process":"ann",\
                "lock":"fleet/gold","holder":"ann","key":"","leaseMillis":8000,"namedToken":0,"invokedNanos":3,\
                "returnedNanos":3,"outcome":"FAIL","status":200,"ticket":"","token":0,"position":0,"index":4,\
                "clusterTimeMillis":90,"leaseEndMillis":-1}
                """);
    }

    @Test
    void aBrokenLineIsNamed() throws IOException {
        Path file = folder.resolve("history.jsonl");
        Files.writeString(
                file, "{\"type\":\"disturbance\",\"what\":\"kill\",\"beginNanos\":1,\"endNanos\":2}\n{\"type\":1}\n");

        assertThatThrownBy(() -> HistoryFile.read(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("history.jsonl:2 is no line of a history");
    }
}
