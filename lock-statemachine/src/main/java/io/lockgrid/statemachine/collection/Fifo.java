package io.lockgrid.statemachine.collection;

import java.util.Arrays;
import java.util.NoSuchElementException;

/**
 * A persistent queue: values go in at one end and leave at the other, both in constant time but for one step in
 * {@value #CHUNK}. It stands where a tree would copy a path of nodes for each value (figures in docs/ARCHITECTURE.md).
 */
public final class Fifo<V> {
    private static final int CHUNK = 64;
    private static final Fifo<?> EMPTY = new Fifo<>(OrderedTree.empty(), 0, new Object[0], 0);

    /** Chunks that are full, by their number; the oldest first. */
    private final OrderedTree<Object[]> full;

    private final long nextChunk;
    /** The newest values, fewer than a chunk. */
    private final Object[] tail;
    /** How many values of the oldest chunk, or of the tail if no chunk is full, have left. */
    private final int gone;

    private Fifo(OrderedTree<Object[]> full, long nextChunk, Object[] tail, int gone) {
        this.full = full;
        this.nextChunk = nextChunk;
        this.tail = tail;
        this.gone = gone;
    }

    @SuppressWarnings("unchecked") // It holds nothing, so it is a queue of any type.
    public static <V> Fifo<V> empty() {
        return (Fifo<V>) EMPTY;
    }

    public int size() {
        return full.size() * CHUNK + tail.length - gone;
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /**
     * The value that came first.
     *
     * @throws NoSuchElementException if the queue is empty
     */
    @SuppressWarnings("unchecked") // Only values of this type go in.
    public V first() {
        if (isEmpty()) {
            throw new NoSuchElementException("the queue is empty");
        }
        return (V) (full.isEmpty() ? tail : full.firstValue())[gone];
    }

    /** With one more value at the end. */
    public Fifo<V> with(V value) {
        Object[] longer = Arrays.copyOf(tail, tail.length + 1);
        longer[tail.length] = value;
        return longer.length < CHUNK
                ? new Fifo<>(full, nextChunk, longer, gone)
                : new Fifo<>(full.with(nextChunk, 0, longer), nextChunk + 1, new Object[0], gone);
    }

    /**
     * Without the value that came first.
     *
     * @throws NoSuchElementException if the queue is empty
     */
    public Fifo<V> withoutFirst() {
        if (isEmpty()) {
            throw new NoSuchElementException("the queue is empty");
        }
        if (size() == 1) {
            return empty();
        }
        return !full.isEmpty() && gone + 1 == CHUNK
                ? new Fifo<>(full.withoutFirst(), nextChunk, tail, 0)
                : new Fifo<>(full, nextChunk, tail, gone + 1);
    }
}
