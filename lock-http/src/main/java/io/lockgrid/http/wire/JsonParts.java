package io.lockgrid.http.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * A long list as JSON, made in parts of about {@link #PART_BYTES}, so that it needs neither the memory of the whole nor
 * an event loop's time. The list must not change meanwhile: it comes from a lock space, which never does.
 */
public final class JsonParts<T> implements Iterator<Buffer> {
    /** A list up to this length is made at once, on the event loop. */
    public static final int AT_ONCE_MAX = 500;

    private static final int PART_BYTES = 64 << 10;

    /** A layout may leave most of the items out; a part is done all the same when it has looked at so many. */
    private static final int PART_ITEMS = 10_000;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(PART_BYTES + 4_096);
    private final JsonLayout layout;
    private final JsonGenerator out;
    private final Json.Writer head;
    private final Iterator<T> items;
    private final ItemWriter<T> writer;
    private final Json.Writer tail;
    private boolean started;
    private boolean ended;

    /** Writes one item of a list. */
    @FunctionalInterface
    public interface ItemWriter<T> {
        void write(JsonGenerator out, T item) throws IOException;
    }

    /**
     * @param layout how it is written
     * @param head opens the list
     * @param tail closes it
     */
    public JsonParts(JsonLayout layout, Json.Writer head, Iterator<T> items, ItemWriter<T> writer, Json.Writer tail) {
        this.layout = layout;
        try {
            this.out = layout.generator(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        this.head = head;
        this.items = items;
        this.writer = writer;
        this.tail = tail;
    }

    /** All parts as one, for a short list. */
    public Buffer whole() {
        Buffer whole = Buffer.buffer();
        while (hasNext()) {
            whole.appendBuffer(next());
        }
        return whole;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Buffer next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        try {
            if (!started) {
                started = true;
                head.writeTo(out);
            }
            for (int i = 0; i < PART_ITEMS && items.hasNext() && bytes.size() < PART_BYTES; i++) {
                writer.write(out, items.next());
                out.flush();
            }
            if (!items.hasNext()) {
                ended = true;
                tail.writeTo(out);
                out.close();
                layout.finish(bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written", e);
        }
        Buffer part = Buffer.buffer(bytes.toByteArray());
        bytes.reset();
        return part;
    }
}
