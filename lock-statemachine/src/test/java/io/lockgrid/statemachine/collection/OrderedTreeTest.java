package io.lockgrid.statemachine.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Against {@link TreeMap}, which is not persistent and knows no rank, but is right. */
class OrderedTreeTest {
    private record Key(long major, long minor) {}

    private static final Comparator<Key> ORDER =
            Comparator.comparingLong(Key::major).thenComparingLong(Key::minor);

    /** Few enough to meet, and the ends of the range. */
    private static Key draw(Random random) {
        long[] rare = {Long.MIN_VALUE, Long.MAX_VALUE, -1, 0};
        long major = random.nextInt(20) == 0 ? rare[random.nextInt(4)] : random.nextInt(100);
        return new Key(major, random.nextInt(3));
    }

    @Test
    void itIsAMapOrderedByItsKeys() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            TreeMap<Key, Integer> expected = new TreeMap<>(ORDER);
            OrderedTree<Integer> tree = OrderedTree.empty();
            for (int step = 0; step < 300; step++) {
                Key key = draw(random);
                if (random.nextInt(10) < 6) {
                    expected.put(key, step);
                    tree = tree.with(key.major, key.minor, step);
                } else if (random.nextInt(4) == 0 && !tree.isEmpty()) {
                    expected.pollFirstEntry();
                    tree = tree.withoutFirst();
                } else {
                    expected.remove(key);
                    tree = tree.without(key.major, key.minor);
                }
                assertSame(tree, expected, draw(random));
            }
            assertThat(list(tree.iterator())).isEqualTo(new ArrayList<>(expected.values()));
            assertThat(list(tree.descendingIterator()))
                    .isEqualTo(new ArrayList<>(expected.descendingMap().values()));
            assertBalanced(tree);
        }
    }

    private static void assertSame(OrderedTree<Integer> tree, NavigableMap<Key, Integer> expected, Key probe) {
        assertThat(tree.size()).isEqualTo(expected.size());
        assertThat(tree.get(probe.major, probe.minor)).isEqualTo(expected.get(probe));
        assertThat(tree.rank(probe.major, probe.minor))
                .isEqualTo(expected.headMap(probe).size());
        if (!expected.isEmpty()) {
            assertThat(tree.firstMajor()).isEqualTo(expected.firstKey().major);
            assertThat(tree.firstValue()).isEqualTo(expected.firstEntry().getValue());
        }
    }

    @Test
    void noOperationChangesATreeThatSomebodyHolds() {
        Random random = new Random(7);
        List<OrderedTree<Integer>> versions = new ArrayList<>();
        List<List<Integer>> contents = new ArrayList<>();
        OrderedTree<Integer> tree = OrderedTree.empty();
        for (int step = 0; step < 1_000; step++) {
            Key key = draw(random);
            tree = random.nextInt(5) < 3 ? tree.with(key.major, key.minor, step) : tree.without(key.major, key.minor);
            versions.add(tree);
            contents.add(list(tree.iterator()));
        }
        for (int version = 0; version < versions.size(); version++) {
            assertThat(list(versions.get(version).iterator())).isEqualTo(contents.get(version));
        }
    }

    @Test
    void itStaysBalancedInAnyOrderOfArrivalAndLeaving() {
        int size = 20_000;
        List<Integer> sorted = new ArrayList<>();
        for (int key = 0; key < size; key++) {
            sorted.add(key);
        }
        List<Integer> mixed = new ArrayList<>(sorted);
        Collections.shuffle(mixed, new Random(3));
        for (List<Integer> arriving : List.of(sorted, sorted.reversed(), mixed)) {
            for (List<Integer> leaving : List.of(sorted, sorted.reversed(), mixed)) {
                OrderedTree<Integer> tree = OrderedTree.empty();
                for (int key : arriving) {
                    tree = tree.with(key, 0, key);
                }
                assertBalanced(tree);
                for (int key : leaving.subList(0, size - 100)) {
                    tree = tree.without(key, 0);
                    if (key % 1_000 == 0) {
                        assertBalanced(tree);
                    }
                }
                assertThat(tree.size()).isEqualTo(100);
                assertBalanced(tree);
            }
        }
    }

    @Test
    void aQueueThatMovesOnStaysBalanced() {
        OrderedTree<Integer> tree = OrderedTree.empty();
        for (int key = 0; key < 50_000; key++) {
            tree = tree.with(key, 0, key);
            if (tree.size() > 1_000) {
                tree = tree.withoutFirst();
            }
        }
        assertThat(tree.firstMajor()).isEqualTo(49_000);
        assertBalanced(tree);
    }

    @Test
    void withoutAKeyThatIsNotThereItIsTheSameTree() {
        OrderedTree<String> tree = OrderedTree.<String>empty().with(1, 1, "a").with(2, 1, "b");
        assertThat(tree.without(1, 2)).isSameAs(tree);
        assertThat(tree.without(1, 1).without(2, 1)).isSameAs(OrderedTree.empty());
    }

    @Test
    void anEmptyTreeHasNoFirst() {
        OrderedTree<String> tree = OrderedTree.empty();
        assertThatThrownBy(tree::firstMajor).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(tree::firstValue).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(tree::withoutFirst).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> tree.iterator().next()).isInstanceOf(NoSuchElementException.class);
        assertThat(tree.rank(5, 5)).isZero();
    }

    private static <T> List<T> list(Iterator<T> iterator) {
        List<T> list = new ArrayList<>();
        iterator.forEachRemaining(list::add);
        return list;
    }

    /** A side has at most three times the weight of the other, so the depth is at most 2.41 log2(size + 1). */
    private static void assertBalanced(OrderedTree<?> tree) {
        double bound = 2.41 * Math.log(tree.size() + 1) / Math.log(2) + 1;
        assertThat((double) depth(field(tree, "root"))).isLessThanOrEqualTo(bound);
    }

    /** Looks inside, for no promise but speed depends on the depth, and speed is no thing to assert on. */
    private static int depth(Object node) {
        return node == null ? 0 : 1 + Math.max(depth(field(node, "left")), depth(field(node, "right")));
    }

    private static Object field(Object object, String name) {
        try {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(object);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
