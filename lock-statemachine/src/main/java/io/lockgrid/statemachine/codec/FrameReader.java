package io.lockgrid.statemachine.codec;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Reads frames of a snapshot; the counterpart of {@link FrameWriter}. */
final class FrameReader {
    private final InputStream stream;
    private final int frameBytesMax;

    FrameReader(InputStream stream, int frameBytesMax) {
        this.stream = stream;
        this.frameBytesMax = frameBytesMax;
    }

    /**
     * The next frame, at its kind.
     *
     * @throws EOFException if the stream ends before the frame does
     * @throws FormatException if the frame is longer than any that is written
     */
    ByteReader next() throws IOException {
        int length = ByteBuffer.wrap(read(4)).getInt();
        if (length < 1 || length > frameBytesMax) {
            throw new FormatException("a frame of a snapshot has " + length + " bytes");
        }
        return new ByteReader(ByteBuffer.wrap(read(length)));
    }

    /** {@code readNBytes} takes memory as the bytes come, so a length made up by damage cannot exhaust it. */
    private byte[] read(int length) throws IOException {
        byte[] bytes = stream.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}
