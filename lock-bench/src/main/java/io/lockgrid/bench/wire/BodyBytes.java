package io.lockgrid.bench.wire;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** The bytes of a body as they come. */
final class BodyBytes {
    private static final byte[] NONE = {};

    private byte[] bytes = NONE;
    private int length;

    void add(ByteBuf part) {
        int more = part.readableBytes();
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, length == 0 ? 0 : 2 * bytes.length));
        }
        part.readBytes(bytes, length, more);
        length += more;
    }

    /** What has come, after which it is empty. */
    byte[] take() {
        byte[] whole = length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
        bytes = NONE;
        length = 0;
        return whole;
    }
}
