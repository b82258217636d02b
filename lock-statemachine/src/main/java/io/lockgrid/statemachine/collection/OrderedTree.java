package io.lockgrid.statemachine.collection;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A persistent map ordered by a pair of numbers, compared as (major, minor). Adding, removing, finding, and counting
 * the keys before one take O(log n) and leave the old tree as it was.
 *
 * <p>It stands beside the library's maps for two things that they lack: the number of keys before one (a queue
 * position), and keys kept as plain numbers in the node, which halves its memory and time (figures in
 * docs/ARCHITECTURE.md). A weight-balanced tree with the parameters that Hirai and Yamamoto proved sufficient
 * ("Balancing weight-balanced trees", 2011).
 */
public final class OrderedTree<V> implements Iterable<V> {
    /** A side has at most this many times the weight of the other. */
    private static final int DELTA = 3;
    /** Above this ratio of the inner to the outer grandchild, the inner one becomes the root. */
    private static final int RATIO = 2;

    private static final OrderedTree<?> EMPTY = new OrderedTree<>(null);

    private final @Nullable Node<V> root;

    private OrderedTree(@Nullable Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked") // It holds nothing, so it is a tree of any type.
    public static <V> OrderedTree<V> empty() {
        return (OrderedTree<V>) EMPTY;
    }

    public int size() {
        return size(root);
    }

    public boolean isEmpty() {
        return root == null;
    }

    /** The value of a key, or null. */
    public @Nullable V get(long major, long minor) {
        Node<V> node = root;
        while (node != null) {
            int order = node.compare(major, minor);
            if (order == 0) {
                return node.value;
            }
            node = order < 0 ? node.left : node.right;
        }
        return null;
    }

    /** How many keys are smaller than this one, whether or not it is present. */
    public int rank(long major, long minor) {
        int smaller = 0;
        Node<V> node = root;
        while (node != null) {
            int order = node.compare(major, minor);
            if (order > 0) {
                smaller += size(node.left) + 1;
                node = node.right;
            } else {
                node = node.left;
            }
        }
        return smaller;
    }

    /**
     * The major part of the smallest key.
     *
     * @throws NoSuchElementException if the tree is empty
     */
    public long firstMajor() {
        return firstNode().major;
    }

    /**
     * The value of the smallest key.
     *
     * @throws NoSuchElementException if the tree is empty
     */
    public V firstValue() {
        return firstNode().value;
    }

    /** With the value at the key, in place of one that was there. */
    public OrderedTree<V> with(long major, long minor, V value) {
        return new OrderedTree<>(insert(root, major, minor, value));
    }

    /** Without the key; the same tree if it is not there. */
    public OrderedTree<V> without(long major, long minor) {
        Node<V> next = remove(root, major, minor);
        if (next == root) {
            return this;
        }
        return next == null ? empty() : new OrderedTree<>(next);
    }

    /**
     * Without the smallest key.
     *
     * @throws NoSuchElementException if the tree is empty
     */
    public OrderedTree<V> withoutFirst() {
        if (root == null) {
            throw new NoSuchElementException("the tree is empty");
        }
        Node<V> next = removeFirst(root);
        return next == null ? empty() : new OrderedTree<>(next);
    }

    /** Values in ascending order of their keys. */
    @Override
    public Iterator<V> iterator() {
        return new Walk<>(root, true);
    }

    /** Values in descending order of their keys. */
    public Iterator<V> descendingIterator() {
        return new Walk<>(root, false);
    }

    private Node<V> firstNode() {
        Node<V> node = root;
        if (node == null) {
            throw new NoSuchElementException("the tree is empty");
        }
        for (Node<V> left = node.left; left != null; left = node.left) {
            node = left;
        }
        return node;
    }

    private static int size(@Nullable Node<?> node) {
        return node == null ? 0 : node.size;
    }

    private static <V> Node<V> insert(@Nullable Node<V> node, long major, long minor, V value) {
        if (node == null) {
            return new Node<>(major, minor, value, null, null);
        }
        int order = node.compare(major, minor);
        if (order == 0) {
            return new Node<>(major, minor, value, node.left, node.right);
        }
        return order < 0
                ? balance(node, insert(node.left, major, minor, value), node.right)
                : balance(node, node.left, insert(node.right, major, minor, value));
    }

    private static <V> @Nullable Node<V> remove(@Nullable Node<V> node, long major, long minor) {
        if (node == null) {
            return null;
        }
        int order = node.compare(major, minor);
        if (order < 0) {
            Node<V> left = remove(node.left, major, minor);
            return left == node.left ? node : balance(node, left, node.right);
        }
        if (order > 0) {
            Node<V> right = remove(node.right, major, minor);
            return right == node.right ? node : balance(node, node.left, right);
        }
        return join(node.left, node.right);
    }

    /** One tree of two whose keys lie on either side of a key that is gone. */
    private static <V> @Nullable Node<V> join(@Nullable Node<V> left, @Nullable Node<V> right) {
        if (left == null) {
            return right;
        }
        if (right == null) {
            return left;
        }
        Node<V> first = right;
        for (Node<V> next = first.left; next != null; next = first.left) {
            first = next;
        }
        return balance(first, left, removeFirst(right));
    }

    private static <V> @Nullable Node<V> removeFirst(Node<V> node) {
        return node.left == null ? node.right : balance(node, removeFirst(node.left), node.right);
    }

    /** A node with the key and value of {@code middle} over two sides of which one may have grown or shrunk by one. */
    private static <V> Node<V> balance(Node<V> middle, @Nullable Node<V> left, @Nullable Node<V> right) {
        int leftWeight = size(left) + 1;
        int rightWeight = size(right) + 1;
        if (right != null && rightWeight > DELTA * leftWeight) {
            Node<V> inner = right.left;
            return inner == null || size(inner) + 1 < RATIO * (size(right.right) + 1)
                    ? over(right, over(middle, left, inner), right.right)
                    : over(inner, over(middle, left, inner.left), over(right, inner.right, right.right));
        }
        if (left != null && leftWeight > DELTA * rightWeight) {
            Node<V> inner = left.right;
            return inner == null || size(inner) + 1 < RATIO * (size(left.left) + 1)
                    ? over(left, left.left, over(middle, inner, right))
                    : over(inner, over(left, left.left, inner.left), over(middle, inner.right, right));
        }
        return over(middle, left, right);
    }

    private static <V> Node<V> over(Node<V> key, @Nullable Node<V> left, @Nullable Node<V> right) {
        return new Node<>(key.major, key.minor, key.value, left, right);
    }

    private static final class Node<V> {
        final long major;
        final long minor;
        final V value;
        final @Nullable Node<V> left;
        final @Nullable Node<V> right;
        final int size;

        Node(long major, long minor, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
            this.major = major;
            this.minor = minor;
            this.value = value;
            this.left = left;
            this.right = right;
            this.size = size(left) + size(right) + 1;
        }

        /** Negative if the given key belongs left of this node, positive if right, 0 if it is this one's. */
        int compare(long otherMajor, long otherMinor) {
            int order = Long.compare(otherMajor, major);
            return order != 0 ? order : Long.compare(otherMinor, minor);
        }
    }

    /** Nodes whose value is still to come stay on the way down to the next one. */
    private static final class Walk<V> implements Iterator<V> {
        private final Deque<Node<V>> path = new ArrayDeque<>();
        private final boolean ascending;

        Walk(@Nullable Node<V> root, boolean ascending) {
            this.ascending = ascending;
            descend(root);
        }

        @Override
        public boolean hasNext() {
            return !path.isEmpty();
        }

        @Override
        public V next() {
            Node<V> node = path.pop();
            descend(ascending ? node.right : node.left);
            return node.value;
        }

        private void descend(@Nullable Node<V> from) {
            for (Node<V> node = from; node != null; node = ascending ? node.left : node.right) {
                path.push(node);
            }
        }
    }
}
