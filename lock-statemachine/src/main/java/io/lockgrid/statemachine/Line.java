package io.lockgrid.statemachine;

import io.lockgrid.statemachine.collection.OrderedTree;
import java.util.Iterator;
import kotlinx.collections.immutable.ExtensionsKt;
import kotlinx.collections.immutable.PersistentMap;
import org.jspecify.annotations.Nullable;

/**
 * Things in the order of their sequence, found by id or by place; immutable. Adding, removing, finding and counting
 * those before one take O(log n), so a long queue costs its lock no more than a short one.
 */
public final class Line<T extends Line.Member> implements Iterable<T> {
    /** What can stand in a line. */
    public interface Member {
        /** Names it; no other member of the line has the same. */
        String id();

        /** Its place: members stand in ascending order, and no two have the same. */
        long sequence();
    }

    /** Up to this size members are found by looking at each: most lines are that short, and an index costs memory. */
    private static final int UNINDEXED_MAX = 8;

    private static final Line<?> EMPTY = new Line<>(OrderedTree.empty(), null);

    private final OrderedTree<T> inOrder;
    private final @Nullable PersistentMap<String, T> byId;

    private Line(OrderedTree<T> inOrder, @Nullable PersistentMap<String, T> byId) {
        this.inOrder = inOrder;
        this.byId = byId;
    }

    @SuppressWarnings("unchecked") // It holds nothing, so it is a line of any type.
    static <T extends Member> Line<T> empty() {
        return (Line<T>) EMPTY;
    }

    public int size() {
        return inOrder.size();
    }

    public boolean isEmpty() {
        return inOrder.isEmpty();
    }

    /** The one of this id, or null. */
    public @Nullable T find(String id) {
        if (byId != null) {
            return byId.get(id);
        }
        if (!inOrder.isEmpty()) {
            for (T member : inOrder) {
                if (member.id().equals(id)) {
                    return member;
                }
            }
        }
        return null;
    }

    /** 1 for the first in line; 0 if the line does not hold the id. */
    public int position(String id) {
        T member = find(id);
        return member == null ? 0 : inOrder.rank(member.sequence(), 0) + 1;
    }

    /** In order, first to last. */
    @Override
    public Iterator<T> iterator() {
        return inOrder.iterator();
    }

    /** In reverse order, last to first. */
    public Iterator<T> reversed() {
        return inOrder.descendingIterator();
    }

    /** @throws java.util.NoSuchElementException if the line is empty */
    T first() {
        return inOrder.firstValue();
    }

    Line<T> with(T member) {
        OrderedTree<T> longer = inOrder.with(member.sequence(), 0, member);
        if (byId != null) {
            return new Line<>(longer, byId.putting(member.id(), member));
        }
        return new Line<>(longer, longer.size() > UNINDEXED_MAX ? index(longer) : null);
    }

    Line<T> without(T member) {
        OrderedTree<T> shorter = inOrder.without(member.sequence(), 0);
        if (shorter.isEmpty()) {
            return empty();
        }
        // Kept down to half the bound, so that a line around it does not build its index again and again.
        return byId != null && shorter.size() > UNINDEXED_MAX / 2
                ? new Line<>(shorter, byId.removing(member.id()))
                : new Line<>(shorter, null);
    }

    private static <T extends Member> PersistentMap<String, T> index(OrderedTree<T> inOrder) {
        PersistentMap<String, T> byId = ExtensionsKt.persistentHashMapOf();
        for (T member : inOrder) {
            byId = byId.putting(member.id(), member);
        }
        return byId;
    }
}
