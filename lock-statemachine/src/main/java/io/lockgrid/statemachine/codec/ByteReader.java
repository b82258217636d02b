package io.lockgrid.statemachine.codec;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Takes values off a buffer; the counterpart of {@link ByteWriter}. Every method throws {@link FormatException}. */
final class ByteReader {
    private final ByteBuffer buffer;

    ByteReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    int readByte() {
        need(1);
        return buffer.get() & 0xFF;
    }

    /** The next byte, which stays. */
    int peekByte() {
        need(1);
        return buffer.get(buffer.position()) & 0xFF;
    }

    long readLong() {
        need(8);
        return buffer.getLong();
    }

    long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (long) (next & 0x7F) << shift;
            if ((next & 0x80) == 0) {
                if (next == 0 && shift > 0) {
                    throw new FormatException("a number is written with more bytes than it needs");
                }
                if (next > 1 && shift == 63) {
                    throw new FormatException("a number has more than 64 bits");
                }
                return value;
            }
        }
        throw new FormatException("a number has more than ten bytes");
    }

    /** Reads a count of things of which each takes at least one byte, so that garbage cannot ask for a huge array. */
    int readCount() {
        long count = readVarint();
        if (count < 0 || count > buffer.remaining()) {
            throw new FormatException("a count of " + count + " with " + buffer.remaining() + " bytes left");
        }
        return (int) count;
    }

    String readText() {
        int size = readCount();
        ByteBuffer part = buffer.slice(buffer.position(), size);
        buffer.position(buffer.position() + size);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(part).toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("a text is not valid UTF-8", e);
        }
    }

    void expectVersion(String what, int version) {
        expectVersion(what, version, version);
    }

    /** Reads a version from {@code oldest} to {@code newest}. */
    int expectVersion(String what, int oldest, int newest) {
        int found = readByte();
        if (found < oldest || found > newest) {
            String known = oldest == newest ? "" + newest : oldest + " and " + newest;
            throw new FormatException(what + " has format version " + found + ", this build reads " + known);
        }
        return found;
    }

    boolean isAtEnd() {
        return !buffer.hasRemaining();
    }

    void expectEnd() {
        if (buffer.hasRemaining()) {
            throw new FormatException(buffer.remaining() + " bytes follow the end");
        }
    }

    private void need(int bytes) {
        if (buffer.remaining() < bytes) {
            throw new FormatException("the bytes end too early");
        }
    }
}
