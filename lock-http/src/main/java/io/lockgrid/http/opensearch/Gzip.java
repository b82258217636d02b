package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.Reply;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Bodies as gzip: answers for who asks for it, and requests that come so. */
final class Gzip {
    private Gzip() {}

    /**
     * Whether the header {@code Accept-Encoding} has gzip among what it takes (RFC 9110, section 12.5.3).
     *
     * @param accepted its value, or null
     */
    static boolean isAccepted(@Nullable String accepted) {
        if (accepted == null) {
            return false;
        }
        for (String coding : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
            String[] parts = coding.split(";", 2);
            String name = parts[0].strip();
            boolean isRefused = parts.length > 1 && parts[1].strip().matches("q=0(\\.0*)?");
            if (name.equals("gzip") || name.equals("x-gzip")) {
                return !isRefused;
            }
        }
        return false;
    }

    /** The reply with its body compressed, whole or in parts. */
    static Reply compress(Reply reply) {
        Iterator<Buffer> more = reply.more();
        if (more != null) {
            return reply.withMore(new Parts(more)).with("Content-Encoding", "gzip");
        }
        Iterator<Buffer> all = new Parts(List.of(reply.body()).iterator());
        return reply.withBody(all.next()).with("Content-Encoding", "gzip");
    }

    /**
     * What was compressed.
     *
     * @param bytesMax longest result
     * @return the bytes, or null if there are more of them
     * @throws IOException if it is no gzip
     */
    static @Nullable Buffer decompress(Buffer body, int bytesMax) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body.getBytes()))) {
            byte[] bytes = in.readNBytes(bytesMax);
            return in.read() < 0 ? Buffer.buffer(bytes) : null;
        }
    }

    /** Each part can be read as soon as it is there. */
    private static final class Parts implements Iterator<Buffer> {
        private final Iterator<Buffer> plain;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final OutputStream out;

        Parts(Iterator<Buffer> plain) {
            this.plain = plain;
            try {
                this.out = new Fast(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("memory can be written", e);
            }
        }

        @Override
        public boolean hasNext() {
            return plain.hasNext();
        }

        @Override
        public Buffer next() {
            try {
                out.write(plain.next().getBytes());
                if (plain.hasNext()) {
                    out.flush();
                } else {
                    out.close();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("memory can be written", e);
            }
            Buffer part = Buffer.buffer(bytes.toByteArray());
            bytes.reset();
            return part;
        }
    }

    private static final class Fast extends GZIPOutputStream {
        Fast(OutputStream bytes) throws IOException {
            super(bytes, 8 << 10, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
