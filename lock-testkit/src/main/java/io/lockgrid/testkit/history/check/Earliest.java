package io.lockgrid.testkit.history.check;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The smallest number that was known after any moment. */
final class Earliest {
    /** More than all, and far from the end of a long. */
    static final long NOTHING = Long.MAX_VALUE / 8;

    private final TreeMap<Long, Long> smallestByMoment = new TreeMap<>();

    /**
     * Takes a number from each item.
     *
     * @param moment when it began to be asked for
     */
    <T> Earliest(Collection<T> items, ToLongFunction<T> moment, ToLongFunction<T> number) {
        items.forEach(item -> smallestByMoment.merge(moment.applyAsLong(item), number.applyAsLong(item), Math::min));
        long smallest = NOTHING;
        for (Map.Entry<Long, Long> entry : smallestByMoment.descendingMap().entrySet()) {
            smallest = Math.min(smallest, entry.getValue());
            entry.setValue(smallest);
        }
    }

    /** The smallest one after this moment; {@link #NOTHING} if there is none. */
    long after(long moment) {
        Map.Entry<Long, Long> entry = smallestByMoment.higherEntry(moment);
        return entry == null ? NOTHING : entry.getValue();
    }
}
