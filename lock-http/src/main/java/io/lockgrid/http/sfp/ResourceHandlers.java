package io.lockgrid.http.sfp;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.wire.Json;
import io.lockgrid.http.wire.JsonParts;
import io.lockgrid.http.wire.JsonStyle;
import io.lockgrid.http.wire.Locks;
import io.lockgrid.http.wire.Reply;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.Lock.Standing;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Ticket;
import io.lockgrid.statemachine.service.LockService.View;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** What can be asked of a resource as a whole: its requests, and an end of them all. */
final class ResourceHandlers {
    /** Ended requests that a list shows, the newest. */
    private static final int ENDED_SHOWN_MAX = 100;

    private final Locks locks;

    ResourceHandlers(Locks locks) {
        this.locks = locks;
    }

    /** The holder, then the queue in order, then those who ended lately, the last to end first. */
    Future<Reply> list(Caller caller, LockName name) {
        caller.checkUse(name.namespace());
        return locks.read().map(view -> list(view, name).from(view));
    }

    private static Reply list(View view, LockName name) {
        Optional<Lock> lock = view.space().lock(name);
        int waiters = lock.map(known -> known.waiters().size()).orElse(0);
        long now = view.space().clusterTimeMillis();
        JsonParts<Standing> parts = new JsonParts<>(
                JsonStyle.COMPACT,
                out -> out.writeStartArray(),
                lock.map(ResourceHandlers::standings)
                        .orElseGet(() -> List.<Standing>of().iterator()),
                (out, standing) -> new LockObject(name, standing, now).writeTo(out),
                out -> out.writeEndArray());
        return waiters > JsonParts.AT_ONCE_MAX ? SfpReplies.jsonInParts(parts) : SfpReplies.json(200, parts.whole());
    }

    private static Iterator<Standing> standings(Lock lock) {
        List<Standing> first = new ArrayList<>();
        lock.holder().ifPresent(hold -> first.add(new Standing.Holding(hold)));
        List<Standing> last = new ArrayList<>();
        Iterator<EndedTicket> newestFirst = lock.ended().reversed();
        while (newestFirst.hasNext() && last.size() < ENDED_SHOWN_MAX) {
            last.add(new Standing.Over(newestFirst.next()));
        }
        return new Standings(first.iterator(), lock.waiters().iterator(), last.iterator());
    }

    /** The three groups one after the other; the waiters, who may be many, are not copied. */
    private static final class Standings implements Iterator<Standing> {
        private final Iterator<Standing> first;
        private final Iterator<Ticket> waiters;
        private final Iterator<Standing> last;
        private int position;

        Standings(Iterator<Standing> first, Iterator<Ticket> waiters, Iterator<Standing> last) {
            this.first = first;
            this.waiters = waiters;
            this.last = last;
        }

        @Override
        public boolean hasNext() {
            return first.hasNext() || waiters.hasNext() || last.hasNext();
        }

        @Override
        public Standing next() {
            if (first.hasNext()) {
                return first.next();
            }
            return waiters.hasNext() ? new Standing.Waiting(waiters.next(), ++position) : last.next();
        }
    }

    /** Ends every request of the resource by force; a success also where there is none. */
    Future<Reply> clear(Caller caller, LockName name) {
        caller.checkUse(name.namespace());
        return locks.submit(new Command.Clear(name)).map(answer -> switch (answer.outcome()) {
            case Outcome.Cleared(int tickets) ->
                SfpReplies.json(200, cleared(tickets)).from(answer);
            case Outcome other -> throw new IllegalStateException("a clear cannot have the outcome " + other);
        });
    }

    private static Buffer cleared(int tickets) {
        return Json.object(out -> {
            out.writeNumberField("cleared", tickets);
            out.writeStringField("message", "All locks cleared");
        });
    }
}
