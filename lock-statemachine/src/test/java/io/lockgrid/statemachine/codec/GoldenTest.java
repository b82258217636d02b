package io.lockgrid.statemachine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.LockSpace;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The bytes that old logs and snapshots are full of. A file here is never changed: a new form gets a new version and a
 * new file. With {@code -Dlockgrid.golden.write=true} files that are missing are written.
 */
class GoldenTest {
    private static final Path FOLDER =
            Path.of(System.getProperty("basedir", "."), "src", "test", "resources", "golden");

    @TestFactory
    Stream<DynamicTest> commandsKeepTheirBytes() {
        return each("command", Samples.commands(), command -> Samples.batch(List.of(command)), GoldenTest::checkBatch);
    }

    @TestFactory
    Stream<DynamicTest> outcomesKeepTheirBytes() {
        return each("outcome", Samples.outcomes(), outcome -> Samples.reply(List.of(outcome)), GoldenTest::checkReply);
    }

    @TestFactory
    Stream<DynamicTest> entriesKeepTheirBytes() {
        return each("entry", Samples.entries(), entry -> entry, (file, entry) -> {
            assertThat(EntryCodec.decode(ByteBuffer.wrap(golden(file, EntryCodec.encode(entry)))))
                    .isEqualTo(entry);
            assertThat(EntryCodec.encode(entry)).isEqualTo(golden(file, EntryCodec.encode(entry)));
        });
    }

    @TestFactory
    Stream<DynamicTest> aReplyWithEveryOutcomeKeepsItsBytes() {
        return Samples.replies().entrySet().stream()
                .map(reply -> dynamicTest(reply.getKey(), () -> checkReply(reply.getKey(), reply.getValue())));
    }

    @Test
    void aSnapshotKeepsItsBytes() throws IOException {
        LockSpace space = Samples.space();
        byte[] golden = golden("snapshot-2", write(space));

        assertThat(write(space)).isEqualTo(golden);
        LockSpace read = SnapshotCodec.read(new ByteArrayInputStream(golden));
        assertThat(write(read)).isEqualTo(golden);
        assertThat(read.lockCount()).isEqualTo(1);
        assertThat(read.waiterCount()).isEqualTo(2);
        assertThat(read.endedCount()).isEqualTo(4);
        assertThat(read.requestKeyCount()).isEqualTo(2);
        assertThat(read.accessTokens()).hasSize(2).isEqualTo(space.accessTokens());
        assertThat(read.nextDeadlineMillis()).isEqualTo(space.nextDeadlineMillis());
    }

    @Test
    void aSnapshotOfVersion1IsStillRead() throws IOException {
        LockSpace space = Samples.spaceOfVersion1();
        LockSpace read = SnapshotCodec.read(new ByteArrayInputStream(golden("snapshot", new byte[0])));

        assertThat(write(read)).isEqualTo(write(space));
        assertThat(read.accessTokens()).isEmpty();
    }

    private static void checkBatch(String file, Batch batch) throws IOException {
        byte[] golden = golden(file, EntryCodec.encodeBatch(batch));
        assertThat(EntryCodec.decodeBatch(ByteBuffer.wrap(golden))).isEqualTo(batch);
        assertThat(EntryCodec.encodeBatch(batch)).isEqualTo(golden);
    }

    private static void checkReply(String file, ReplyCodec.Reply reply) throws IOException {
        byte[] golden = golden(file, ReplyCodec.encode(reply));
        assertThat(ReplyCodec.decode(ByteBuffer.wrap(golden))).isEqualTo(reply);
        assertThat(ReplyCodec.encode(reply)).isEqualTo(golden);
    }

    private interface Check<T> {
        void of(String file, T value) throws IOException;
    }

    private static <S, T> Stream<DynamicTest> each(
            String kind, Map<String, S> samples, Function<S, T> value, Check<T> check) {
        return samples.entrySet().stream().map(sample -> {
            String file = kind + "-" + sample.getKey().replace('_', '-').toLowerCase(Locale.ROOT);
            return dynamicTest(file, () -> check.of(file, value.apply(sample.getValue())));
        });
    }

    private static byte[] golden(String name, byte[] ifMissing) throws IOException {
        Path path = FOLDER.resolve(name + ".hex");
        if (Boolean.getBoolean("lockgrid.golden.write") && !Files.exists(path)) {
            Files.writeString(path, lines(ifMissing));
        }
        return HexFormat.of().parseHex(Files.readString(path).replaceAll("\\s", ""));
    }

    private static String lines(byte[] bytes) {
        String hex = HexFormat.of().formatHex(bytes);
        List<String> lines = new ArrayList<>();
        for (int at = 0; at < hex.length(); at += 64) {
            lines.add(hex.substring(at, Math.min(hex.length(), at + 64)));
        }
        return String.join("\n", lines) + "\n";
    }

    static byte[] write(LockSpace space) throws IOException {
        var bytes = new ByteArrayOutputStream();
        SnapshotCodec.write(space, bytes);
        return bytes.toByteArray();
    }
}
