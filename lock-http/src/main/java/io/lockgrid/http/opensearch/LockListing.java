package io.lockgrid.http.opensearch;

import io.lockgrid.http.auth.Namespaces;
import io.lockgrid.http.wire.JsonLayout;
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

/** The list of locks: of all that a caller may see, whichever API took them, or of one id. */
final class LockListing {
    private LockListing() {}

    /** All locks; a long list is made in parts, off the event loop, and so in its final form at once. */
    static Reply all(LockSpace space, Namespaces visible, Presentation presentation) {
        if (space.lockCount() > JsonParts.AT_ONCE_MAX) {
            return Reply.inParts(200, presentation.contentType(), new Later(space, visible, presentation));
        }
        return Reply.of(
                200,
                OpenSearchReplies.JSON,
                parts(space, visible, JsonStyle.COMPACT).whole());
    }

    /** One lock or none. */
    static Reply one(LockSpace space, String id, Namespaces visible) {
        Optional<LockModel> found = LockIds.find(space, id, visible);
        Iterator<LockModel> models = found.stream().iterator();
        return Reply.of(
                200,
                OpenSearchReplies.JSON,
                parts(JsonStyle.COMPACT, found.isPresent() ? 1 : 0, models).whole());
    }

    private static JsonParts<LockModel> parts(LockSpace space, Namespaces visible, JsonLayout layout) {
        int total = 0;
        for (Models models = new Models(space, visible); models.hasNext(); models.next()) {
            total++;
        }
        return parts(layout, total, new Models(space, visible));
    }

    private static JsonParts<LockModel> parts(JsonLayout layout, int total, Iterator<LockModel> models) {
        return new JsonParts<>(
                layout,
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
        private final Namespaces visible;
        private final JsonLayout layout;
        private @Nullable JsonParts<LockModel> parts;

        Later(LockSpace space, Namespaces visible, JsonLayout layout) {
            this.space = space;
            this.visible = visible;
            this.layout = layout;
        }

        @Override
        public boolean hasNext() {
            return parts == null || parts.hasNext();
        }

        @Override
        public Buffer next() {
            if (parts == null) {
                parts = parts(space, visible, layout);
            }
            return parts.next();
        }
    }

    /** What there is to show in a space, each id once. */
    private static final class Models implements Iterator<LockModel> {
        private final LockSpace space;
        private final Namespaces visible;
        private final Iterator<Lock> locks;
        private @Nullable LockModel next;

        Models(LockSpace space, Namespaces visible) {
            this.space = space;
            this.visible = visible;
            this.locks = space.locks();
            find();
        }

        private void find() {
            next = null;
            while (next == null && locks.hasNext()) {
                Lock lock = locks.next();
                if (visible.include(lock.name().namespace())) {
                    next = LockModel.of(space, lock)
                            .filter(model -> LockIds.isPreferred(space, model, visible))
                            .orElse(null);
                }
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
