package io.lockgrid.statemachine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damage is either seen or makes another valid value; it never makes a decoder fail in any other way. */
class DamagedBytesTest {
    private static final byte[] ENTRY = EntryCodec.encode(new Entry(
            2_000, -1, Optional.of(Samples.batch(List.copyOf(Samples.commands().values())))));
    private static final byte[] REPLY =
            ReplyCodec.encode(Samples.reply(List.copyOf(Samples.outcomes().values())));

    private interface Decoder {
        /** The bytes of what was decoded. */
        byte[] again(byte[] bytes) throws IOException;
    }

    private static byte[] entryAgain(byte[] bytes) {
        return EntryCodec.encode(EntryCodec.decode(ByteBuffer.wrap(bytes)));
    }

    private static byte[] replyAgain(byte[] bytes) {
        return ReplyCodec.encode(ReplyCodec.decode(ByteBuffer.wrap(bytes)));
    }

    private static byte[] snapshotAgain(byte[] bytes) throws IOException {
        return GoldenTest.write(SnapshotCodec.read(new ByteArrayInputStream(bytes)));
    }

    @Test
    void whatIsDecodedHasTheBytesItCameFrom() throws IOException {
        byte[] snapshot = GoldenTest.write(Samples.space());
        assertThat(entryAgain(ENTRY)).isEqualTo(ENTRY);
        assertThat(replyAgain(REPLY)).isEqualTo(REPLY);
        assertThat(snapshotAgain(snapshot)).isEqualTo(snapshot);
    }

    @Test
    void aByteThatFlippedIsSeenOrMakesAnotherValue() throws IOException {
        flipEach(ENTRY, DamagedBytesTest::entryAgain);
        flipEach(REPLY, DamagedBytesTest::replyAgain);
        flipEach(GoldenTest.write(Samples.space()), DamagedBytesTest::snapshotAgain);
    }

    /** One form a value: what decodes from damaged bytes is encoded to just those bytes, so it is another value. */
    private static void flipEach(byte[] bytes, Decoder decoder) throws IOException {
        for (int at = 0; at < bytes.length; at++) {
            for (int flip = 1; flip < 256; flip++) {
                byte[] damaged = bytes.clone();
                damaged[at] ^= (byte) flip;
                try {
                    assertThat(decoder.again(damaged)).as("byte %d", at).isEqualTo(damaged);
                } catch (FormatException seen) {
                    assertThat(seen).hasMessageMatching(".+");
                }
            }
        }
    }

    @Test
    void bytesThatEndTooEarlyAreSeen() throws IOException {
        // The header of an entry without its batch is a tick; the log keeps the lengths of entries.
        truncateEach(ENTRY, 17, DamagedBytesTest::entryAgain);
        truncateEach(REPLY, -1, DamagedBytesTest::replyAgain);
        truncateEach(GoldenTest.write(Samples.space()), -1, DamagedBytesTest::snapshotAgain);
    }

    private static void truncateEach(byte[] bytes, int whole, Decoder decoder) {
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            if (length != whole) {
                assertThatThrownBy(() -> decoder.again(cut))
                        .as("%d bytes", length)
                        .isInstanceOf(FormatException.class);
            }
        }
    }

    @Test
    void bytesAfterTheEndAreSeen() throws IOException {
        for (byte more : new byte[] {0, 1, -1}) {
            assertThatThrownBy(() -> entryAgain(with(ENTRY, more))).isInstanceOf(FormatException.class);
            assertThatThrownBy(() -> replyAgain(with(REPLY, more))).isInstanceOf(FormatException.class);
            byte[] snapshot = with(GoldenTest.write(Samples.space()), more);
            assertThatThrownBy(() -> snapshotAgain(snapshot)).isInstanceOf(FormatException.class);
        }
    }

    private static byte[] with(byte[] bytes, byte more) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = more;
        return longer;
    }

    @Test
    void anotherVersionIsNamed() throws IOException {
        byte[] snapshot = GoldenTest.write(Samples.space());
        assertThatThrownBy(() -> entryAgain(version(ENTRY, 3)))
                .isInstanceOf(FormatException.class)
                .hasMessage("an entry has format version 3, this build reads 1 and 2");
        assertThatThrownBy(() -> replyAgain(version(REPLY, 0)))
                .isInstanceOf(FormatException.class)
                .hasMessage("a reply has format version 0, this build reads 1");
        assertThatThrownBy(() -> snapshotAgain(version(snapshot, 255)))
                .isInstanceOf(FormatException.class)
                .hasMessage("a snapshot has format version 255, this build reads 1 and 2");
    }

    private static byte[] version(byte[] bytes, int version) {
        byte[] other = bytes.clone();
        other[0] = (byte) version;
        return other;
    }

    @Test
    void garbageIsSeen() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            byte[] garbage = new byte[random.nextInt(100)];
            random.nextBytes(garbage);
            if (garbage.length > 0 && random.nextBoolean()) {
                garbage[0] = 1; // The version, or nothing further would be read.
            }
            seenOrDecoded(garbage, DamagedBytesTest::entryAgain);
            seenOrDecoded(garbage, DamagedBytesTest::replyAgain);
            seenOrDecoded(garbage, DamagedBytesTest::snapshotAgain);
        }
    }

    private static void seenOrDecoded(byte[] garbage, Decoder decoder) {
        try {
            decoder.again(garbage);
        } catch (FormatException seen) {
            assertThat(seen).hasMessageMatching(".+");
        } catch (IOException e) {
            throw new AssertionError("garbage is not a failure of the disk", e);
        }
    }

    @Test
    void countsThatAreMadeUpTakeNoMemory() {
        byte[] reply = {1, 0, 0, 0, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 7};
        assertThatThrownBy(() -> replyAgain(reply)).isInstanceOf(FormatException.class);
        byte[] snapshot = {1, 0x0F, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 1};
        assertThatThrownBy(() -> snapshotAgain(snapshot)).isInstanceOf(FormatException.class);
    }

    @Test
    void aKeyedCommandCannotHoldAnother() {
        Command clear = Samples.commands().get("clear");
        Command keyed = new Command.Keyed("k", 0, clear);
        assertThatThrownBy(() -> new Command.Keyed("k", 0, keyed)).isInstanceOf(IllegalArgumentException.class);

        ByteWriter out = new ByteWriter(64);
        out.writeByte(1).writeLong(7).writeVarint(1).writeVarint(1).writeVarint(1);
        for (int depth = 0; depth < 100_000; depth++) {
            out.writeByte(8).writeText("k").writeLong(0);
        }
        assertThatThrownBy(() -> EntryCodec.decodeBatch(ByteBuffer.wrap(out.toBytes())))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("keyed");
    }

    @Test
    void anEnqueueWithTheBoundOfTheFormatHasOneForm() {
        var bounded = new Command.Enqueue(new LockName("a", "b"), "t", new Holder("sfp", "c"), 1, 49_999);
        byte[] bytes = EntryCodec.encodeBatch(Samples.batch(List.of(bounded)));
        byte[] bound =
                new ByteWriter(4).writeVarint(Limits.WAITERS_PER_LOCK_MAX).toBytes();
        System.arraycopy(bound, 0, bytes, bytes.length - bound.length, bound.length);

        assertThatThrownBy(() -> EntryCodec.decodeBatch(ByteBuffer.wrap(bytes)))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("bound");
    }

    @Test
    void accessTokensInASnapshotOfVersion1AreSeen() throws IOException {
        byte[] snapshot = version(GoldenTest.write(Samples.space()), 1);
        assertThatThrownBy(() -> snapshotAgain(snapshot))
                .isInstanceOf(FormatException.class)
                .hasMessage("a snapshot of format version 1 has no access tokens");
    }

    @Test
    void aTextThatIsNotUtf8IsSeen() {
        for (int[] bad : List.of(new int[] {0xC0, 0x80}, new int[] {0xED, 0xA0, 0x80}, new int[] {0xFF})) {
            ByteWriter out = new ByteWriter(64);
            out.writeByte(1).writeVarint(0).writeVarint(0).writeVarint(0).writeVarint(1);
            out.writeByte(2).writeVarint(bad.length);
            for (int value : bad) {
                out.writeByte(value);
            }
            out.writeVarint(1);
            assertThatThrownBy(() -> replyAgain(out.toBytes())).isInstanceOf(FormatException.class);
        }
    }

    @Test
    void everyNumberHasOneForm() {
        for (long number : new long[] {0, 1, 127, 128, 16_383, 16_384, Long.MAX_VALUE, -1, Long.MIN_VALUE}) {
            byte[] bytes = new ByteWriter(10).writeVarint(number).toBytes();
            assertThat(new ByteReader(ByteBuffer.wrap(bytes)).readVarint()).isEqualTo(number);
        }
        byte[] padded = {(byte) 0x81, 0};
        assertThatThrownBy(() -> new ByteReader(ByteBuffer.wrap(padded)).readVarint())
                .isInstanceOf(FormatException.class);
        byte[] overflowing = new ByteWriter(10).writeVarint(-1).toBytes();
        overflowing[9] = 3;
        assertThatThrownBy(() -> new ByteReader(ByteBuffer.wrap(overflowing)).readVarint())
                .isInstanceOf(FormatException.class);
    }
}
