package io.lockgrid.statemachine.codec;

import java.io.IOException;
import java.io.OutputStream;

/** Writes frames of a snapshot, one after the other, each through the same array. */
final class FrameWriter {
    private final OutputStream stream;
    private final ByteWriter frame = new ByteWriter(4096);
    private long frames;

    FrameWriter(OutputStream stream) {
        this.stream = stream;
    }

    /** Begins a frame; its fields go to the writer. */
    ByteWriter frame(int kind) {
        frame.clear();
        return frame.writeByte(kind);
    }

    /** Ends the frame that was begun. */
    void end() throws IOException {
        int length = frame.length();
        stream.write(new byte[] {(byte) (length >>> 24), (byte) (length >>> 16), (byte) (length >>> 8), (byte) length});
        stream.write(frame.array(), 0, length);
        frames++;
    }

    /** How many frames were written. */
    long frames() {
        return frames;
    }
}
