package io.lockgrid.testkit.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A history as a file that other checkers can read: UTF-8, one JSON object a line. The member {@code type} names one of
 * the kinds of {@link Recorded} ({@code operation}, {@code listing}, {@code ending}, {@code write},
 * {@code disturbance}); the others are the components of that record, by the same names and in the same units: what
 * ends in {@code Nanos} is ns on one monotonic clock of the test, whose zero means nothing, and what ends in
 * {@code Millis} is ms. Operations come in the order in which they were answered.
 */
public final class HistoryFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private HistoryFile() {}

    /**
     * Writes all that was recorded, over a file that is there.
     *
     * @throws IOException if it cannot be written
     */
    public static void write(History history, Path file) throws IOException {
        List<Recorded> all = Stream.<Stream<? extends Recorded>>of(
                        history.operations().stream(),
                        history.listings().stream(),
                        history.endings().values().stream(),
                        history.writes().stream(),
                        history.disturbances().stream())
                .<Recorded>flatMap(each -> each)
                .toList();
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Recorded one : all) {
                out.write(JSON.writerFor(Recorded.class).writeValueAsString(one));
                out.write('\n');
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IOException if it cannot be read, or a line is not what it should be; the message names file and line
     */
    public static History read(Path file) throws IOException {
        History history = new History(() -> 0);
        try (BufferedReader in = Files.newBufferedReader(file)) {
            int line = 1;
            for (String text = in.readLine(); text != null; text = in.readLine(), line++) {
                try {
                    history.add(JSON.readValue(text, Recorded.class));
                } catch (JsonProcessingException e) {
                    throw new IOException(file + ":" + line + " is no line of a history: " + e.getOriginalMessage(), e);
                }
            }
        }
        return history;
    }
}
