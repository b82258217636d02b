package io.lockgrid.testkit.history.check;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** The largest number that was known before any moment. */
final class Latest {
    private final TreeMap<Long, Long> largestByMoment = new TreeMap<>();

    /**
     * Takes a number from each item.
     *
     * @param moment when it was known
     */
    <T> Latest(Collection<T> items, ToLongFunction<T> moment, ToLongFunction<T> number) {
        items.forEach(item -> largestByMoment.merge(moment.applyAsLong(item), number.applyAsLong(item), Math::max));
        long largest = Long.MIN_VALUE;
        for (Map.Entry<Long, Long> entry : largestByMoment.entrySet()) {
            largest = Math.max(largest, entry.getValue());
            entry.setValue(largest);
        }
    }

    /** The largest one before this moment; less than all if there is none. */
    long before(long moment) {
        Map.Entry<Long, Long> entry = largestByMoment.lowerEntry(moment);
        return entry == null ? Long.MIN_VALUE : entry.getValue();
    }
}
