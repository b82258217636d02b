package io.lockgrid.testkit.history.check;

import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.model.Span;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The replicated clock along the log, as far as answers of any lock said it. Times are ms. */
final class ClusterTimes {
    private final TreeMap<Long, Long> byIndex = new TreeMap<>();
    private final TreeSet<Long> seen = new TreeSet<>();

    ClusterTimes(History history) {
        history.operations().forEach(op -> add(op.index(), op.clusterTimeMillis()));
        history.listings().forEach(listing -> add(listing.index(), listing.clusterTimeMillis()));
    }

    private void add(long index, long clusterTimeMillis) {
        if (index >= 0 && clusterTimeMillis >= 0) {
            byIndex.merge(index, clusterTimeMillis, Math::max);
            seen.add(clusterTimeMillis);
        }
    }

    /** The clock at this index is not less. */
    long atLeast(long index) {
        Map.Entry<Long, Long> before = byIndex.floorEntry(index);
        return before == null ? 0 : before.getValue();
    }

    /** The clock at this index is not more. */
    long atMost(long index) {
        Map.Entry<Long, Long> after = byIndex.ceilingEntry(index);
        return after == null ? Span.FOREVER : after.getValue();
    }

    /** The first moment from this one on at which the clock was seen. */
    long seenFrom(long millis) {
        Long first = seen.ceiling(millis);
        return first == null ? Span.FOREVER : first;
    }
}
