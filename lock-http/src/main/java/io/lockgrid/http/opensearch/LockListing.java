package io.lockgrid.http.opensearch;

import com.fasterxml.jackson.core.JsonGenerator;
import io.lockgrid.http.auth.Namespaces;
import io.lockgrid.http.wire.JsonLayout;
import io.lockgrid.http.wire.JsonParts;
import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockSpace;
import java.io.IOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The list of locks: of all that a caller may see, whichever API took them, or of one id. */
final class LockListing {
    private LockListing() {}

    /**
     * All locks; a long list is made in parts, off the event loop, and so in its final form at once. How many there are
     * is said first, but last where the list is long: its reader would wait for a count of all of them.
     */
    static Reply all(LockSpace space, Namespaces visible, Presentation presentation) {
        if (space.lockCount() > JsonParts.AT_ONCE_MAX) {
            return Reply.inParts(200, presentation.contentType(), uncounted(new Models(space, visible), presentation));
        }
        int total = 0;
        for (Models models = new Models(space, visible); models.hasNext(); models.next()) {
            total++;
        }
        return Reply.of(
                200,
                OpenSearchReplies.JSON,
                counted(total, new Models(space, visible)).whole());
    }

    /** One lock or none. */
    static Reply one(LockSpace space, String id, Namespaces visible) {
        Optional<LockModel> found = LockIds.find(space, id, visible);
        Iterator<LockModel> models = found.stream().iterator();
        return Reply.of(
                200,
                OpenSearchReplies.JSON,
                counted(found.isPresent() ? 1 : 0, models).whole());
    }

    private static JsonParts<LockModel> counted(int total, Iterator<LockModel> models) {
        return new JsonParts<>(
                JsonStyle.COMPACT,
                out -> {
                    out.writeStartObject();
                    writeTotal(out, total);
                    out.writeObjectFieldStart("locks");
                },
                models,
                LockListing::write,
                out -> {
                    out.writeEndObject();
                    out.writeEndObject();
                });
    }

    private static JsonParts<LockModel> uncounted(Models models, JsonLayout layout) {
        return new JsonParts<>(
                layout,
                out -> {
                    out.writeStartObject();
                    out.writeObjectFieldStart("locks");
                },
                models,
                LockListing::write,
                out -> {
                    out.writeEndObject();
                    writeTotal(out, models.given);
                    out.writeEndObject();
                });
    }

    private static void write(JsonGenerator out, LockModel model) throws IOException {
        out.writeFieldName(model.lockId());
        model.writeTo(out);
    }

    private static void writeTotal(JsonGenerator out, int total) throws IOException {
        out.writeNumberField("total_locks", total);
    }

    /** What there is to show in a space, each id once. */
    private static final class Models implements Iterator<LockModel> {
        private final LockSpace space;
        private final Namespaces visible;
        private final Iterator<Lock> locks;
        private boolean started;
        private @Nullable LockModel next;
        private int given;

        Models(LockSpace space, Namespaces visible) {
            this.space = space;
            this.visible = visible;
            this.locks = space.locks();
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

        /** Looks when it is asked first, since that takes a while if there is little to see. */
        @Override
        public boolean hasNext() {
            if (!started) {
                started = true;
                find();
            }
            return next != null;
        }

        @Override
        public LockModel next() {
            LockModel found = hasNext() ? next : null;
            if (found == null) {
                throw new NoSuchElementException();
            }
            given++;
            find();
            return found;
        }
    }
}
