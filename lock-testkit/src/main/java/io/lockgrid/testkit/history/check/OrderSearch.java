package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.model.LockState;
import io.lockgrid.testkit.history.model.Span;
import io.lockgrid.testkit.history.model.Ticket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for an order in which the acts on one lock can have happened, each within its places. The search of Wing and
 * Gong, with the memory of Lowe: a set of acts that are done, together with the state after them, is looked at once.
 *
 * <p>An act may come next if its first place is not behind the last place of any that is still to come. The likeliest
 * comes first, so that a true history takes about as many steps as it has acts. What may never have happened is taken
 * only where the likeliest act is impossible without it. What only sees does not branch: it is done as soon as a state
 * shows what it saw.
 */
final class OrderSearch {
    private static final int REMEMBERED_MAX = 2_000_000;

    private final List<Placed> acts;
    private final int certain;
    private final long[] firstFrom;
    private final Map<Ticket, List<Integer>> needing = new HashMap<>();
    private final LongUnaryOperator clockSeen;
    private final long deadlineNanos;
    private final Set<Node> known = new HashSet<>();
    private @Nullable Node deepest;

    /** What came of a search. */
    sealed interface Result {
        /** There is an order. */
        record Explained(int states) implements Result {}

        /** There is none: no order gets past this act. */
        record Impossible(Placed stuck, LockState before, int states) implements Result {}

        /** It was given up. */
        record Undecided(Placed stuck, LockState before, int states) implements Result {}
    }

    /**
     * Prepares a search.
     *
     * @param clockSeen see {@link LockState#at}
     */
    OrderSearch(List<Placed> acts, LongUnaryOperator clockSeen, Duration limit) {
        this.acts = acts.stream().sorted(Placed.LIKELY).toList();
        this.certain =
                (int) acts.stream().filter(placed -> !placed.isOptional()).count();
        this.clockSeen = clockSeen;
        this.deadlineNanos = System.nanoTime() + limit.toNanos();
        this.firstFrom = new long[certain + 1];
        firstFrom[certain] = Long.MAX_VALUE;
        for (int i = certain - 1; i >= 0; i--) {
            firstFrom[i] = Math.min(firstFrom[i + 1], this.acts.get(i).first());
            List<Ticket> needed = this.acts.get(i).act().needed();
            if (needed.size() == 1) {
                needing.computeIfAbsent(needed.getFirst(), first -> new ArrayList<>())
                        .add(i);
            }
        }
    }

    Result run() {
        Deque<Iterator<Node>> path = new ArrayDeque<>();
        Node start = seen(Node.START);
        deepest = start;
        path.push(List.of(start).iterator());
        while (!path.isEmpty()) {
            if (!path.peek().hasNext()) {
                path.pop();
                continue;
            }
            Node node = path.peek().next();
            if (node.low() == certain) {
                return new Result.Explained(known.size());
            }
            if (known.add(node)) {
                if (node.low() > deepest.low()) {
                    deepest = node;
                }
                if (known.size() > REMEMBERED_MAX || System.nanoTime() - deadlineNanos > 0) {
                    return new Result.Undecided(pending(deepest), deepest.state(), known.size());
                }
                path.push(new Successors(node));
            }
        }
        return new Result.Impossible(pending(deepest), deepest.state(), known.size());
    }

    private Placed pending(Node node) {
        return acts.get(node.low());
    }

    /** The states that may follow one, the likeliest first, made as they are asked for. */
    private final class Successors implements Iterator<Node> {
        private final Node node;
        private final Placed next;
        private final List<Node> ready = new ArrayList<>();
        private int given;
        private int stage;

        Successors(Node node) {
            this.node = node;
            this.next = pending(node);
        }

        @Override
        public boolean hasNext() {
            while (given == ready.size() && stage < 5) {
                ready.clear();
                given = 0;
                fill(stage++);
            }
            return given < ready.size();
        }

        @Override
        public Node next() {
            return ready.get(given++);
        }

        private void fill(int which) {
            switch (which) {
                case 0 -> add(node.low(), next.clock());
                case 1 -> early(true);
                case 2 -> early(false);
                case 3 -> {
                    // Of what may have happened, most did so soon after it was asked for: the latest first.
                    for (int i = acts.size() - 1; i >= certain; i--) {
                        addEarly(i);
                    }
                }
                default -> {
                    if (next.act().changes()) {
                        addEarly(node.low());
                    }
                }
            }
        }

        /** Those that may come before the likeliest. */
        private void early(boolean ofSameIndex) {
            for (int i = node.low() + 1; i < certain && firstFrom[i] <= next.last(); i++) {
                if (acts.get(i).isAtIndexOf(next) == ofSameIndex) {
                    addEarly(i);
                }
            }
        }

        private void addEarly(int number) {
            Placed placed = acts.get(number);
            if (node.isDone(number) || !placed.act().changes() || placed.first() > next.last()) {
                return;
            }
            if (placed.isAtIndexOf(next) && number != node.low()) {
                add(number, placed.clock());
                return;
            }
            long max = Math.min(placed.clock().max(), next.clock().max());
            var hold = node.state().hold();
            boolean mayExpire = hold != null && max >= hold.end().min();
            if (!mayExpire && !placed.act().isPossible(node.state())) {
                return;
            }
            long min = Math.max(node.clockMin(), placed.clockMin());
            add(number, new Span(Math.min(min, max), max));
        }

        private void add(int number, Span clock) {
            long min = Math.max(node.clockMin(), clock.min());
            Span now = new Span(min, Math.max(min, clock.max()));
            for (LockState state : node.state().at(now, clockSeen)) {
                Node then = state.equals(node.state()) ? node : seen(node.at(state, node.clockMin()));
                if (then.isDone(number)) {
                    addUnlessHopeless(then);
                    continue;
                }
                for (LockState after : acts.get(number).act().after(state, now)) {
                    addUnlessHopeless(seen(then.with(number, certain).at(after, now.min())));
                }
            }
        }

        /** A ticket that is over is over for ever, so nothing that needs it may be left to do. */
        private void addUnlessHopeless(Node then) {
            LockState before = node.state();
            boolean isHopeless = before.hold() != null && isMissed(before.hold().ticket(), then);
            for (Ticket waiter : before.queue()) {
                isHopeless |= isMissed(waiter, then);
            }
            if (!isHopeless) {
                ready.add(then);
            }
        }

        private boolean isMissed(Ticket ticket, Node then) {
            if (then.state().isOver(ticket)) {
                for (int number : needing.getOrDefault(ticket, List.of())) {
                    if (!then.isDone(number)) {
                        return true;
                    }
                }
            }
            return false;
        }
    }

    /** Does all that only sees, and sees it in this state. */
    private Node seen(Node from) {
        Node node = from;
        boolean more = true;
        while (more && node.low() < certain) {
            more = false;
            long bound = pending(node).last();
            for (int i = node.low(); i < certain && firstFrom[i] <= bound; i++) {
                Placed placed = acts.get(i);
                if (placed.isFloating() && placed.first() <= bound && !node.isDone(i) && shows(node, placed)) {
                    node = node.with(i, certain);
                    more = true;
                }
            }
        }
        return node;
    }

    private static boolean shows(Node node, Placed placed) {
        var hold = node.state().hold();
        boolean isStillSo = hold == null || placed.clockMin() < hold.end().max();
        return isStillSo && !placed.act().after(node.state(), placed.clock()).isEmpty();
    }
}
