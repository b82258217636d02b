package io.lockgrid.http.opensearch;

import io.lockgrid.http.wire.JsonParts;
import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockSpace;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of locks: of the whole grid, whichever API took them, or of one id. */
final class LockListing {
    private LockListing() {}

    /** All locks; a long list is made in parts, off the event loop. */
    static Reply all(LockSpace space, JsonStyle style) {
        if (space.lockCount() > JsonParts.AT_ONCE_MAX) {
            return Reply.inParts(200, OpenSearchReplies.JSON, new Later(space, style));
        }
        return Reply.of(
                200, OpenSearchReplies.JSON, parts(space, JsonStyle.COMPACT).whole());
    }

    /** One lock or none. */
    static Reply one(LockSpace space, String id) {
        Optional<LockModel> found = LockIds.find(space, id);
        Iterator<LockModel> models = found.stream().iterator();
        return Reply.of(
                200,
                OpenSearchReplies.JSON,
                parts(JsonStyle.COMPACT, found.isPresent() ? 1 : 0, models).whole());
    }

    private static JsonParts<LockModel> parts(LockSpace space, JsonStyle style) {
        int total = 0;
        for (Models models = new Models(space); models.hasNext(); models.next()) {
            total++;
        }
        return parts(style, total, new Models(space));
    }

    private static JsonParts<LockModel> parts(JsonStyle style, int total, Iterator<LockModel> models) {
        return new JsonParts<>(
                style,
                out -> {
                    out.writeStartObject();
                    out.writeNumberField("total_locks", total);
                    out.writeObjectFieldStart("locks");
                },
                models,
                (out, model) -> {
                    out.writeFieldName(model.lockId());
                    model.writeTo(out);
                },
                out -> {
                    out.writeEndObject();
                    out.writeEndObject();
                });
    }

    /** Counts the locks, too, only when the first part is asked for: that takes a while. */
    private static final class Later implements Iterator<Buffer> {
        private final LockSpace space;
        private final JsonStyle style;
        private @Nullable JsonParts<LockModel> parts;

        Later(LockSpace space, JsonStyle style) {
            this.space = space;
            this.style = style;
        }

        @Override
        public boolean hasNext() {
            return parts == null || parts.hasNext();
        }

        @Override
        public Buffer next() {
            if (parts == null) {
                parts = parts(space, style);
            }
            return parts.next();
        }
    }

    /** What there is to show in a space, each id once. */
    private static final class Models implements Iterator<LockModel> {
        private final LockSpace space;
        private final Iterator<Lock> locks;
        private @Nullable LockModel next;

        Models(LockSpace space) {
            this.space = space;
            this.locks = space.locks();
            find();
        }

        private void find() {
            next = null;
            while (next == null && locks.hasNext()) {
                next = LockModel.of(locks.next())
                        .filter(model -> LockIds.isPreferred(space, model))
                        .orElse(null);
            }
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public LockModel next() {
            LockModel found = next;
            if (found == null) {
                throw new NoSuchElementException();
            }
            find();
            return found;
        }
    }
}
