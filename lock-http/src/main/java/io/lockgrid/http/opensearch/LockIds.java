package io.lockgrid.http.opensearch;

import io.lockgrid.http.auth.Namespaces;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds locks by their id, which is index and job joined by a hyphen, though either may contain hyphens too. Every way
 * to split the id is tried, so a lock of an index with a hyphen is found, which the original cannot do.
 */
final class LockIds {
    /** Two names and a hyphen. */
    private static final int LENGTH_MAX = 2 * Limits.NAME_BYTES_MAX + 1;

    /** Of several locks with one id the held one stands for it, then the one that was granted last. */
    private static final Comparator<LockModel> PREFERRED =
            Comparator.comparing((LockModel model) -> !model.released()).thenComparingLong(LockModel::token);

    private LockIds() {}

    /** Every lock that an id can mean, whether or not the grid knows it. */
    static List<LockName> names(String id) {
        List<LockName> names = new ArrayList<>();
        if (id.length() > LENGTH_MAX) {
            return names;
        }
        for (int at = id.indexOf('-'); at >= 0; at = id.indexOf('-', at + 1)) {
            String index = id.substring(0, at);
            String job = id.substring(at + 1);
            if (Limits.isName(index) && Limits.isName(job)) {
                names.add(new LockName(index, job));
            }
        }
        return names;
    }

    /** All locks that have this id and that a caller may see. */
    static List<LockModel> findAll(LockSpace space, String id, Namespaces visible) {
        List<LockModel> found = new ArrayList<>();
        for (LockName name : names(id)) {
            if (visible.include(name.namespace())) {
                space.lock(name).flatMap(lock -> LockModel.of(space, lock)).ifPresent(found::add);
            }
        }
        return found;
    }

    /** The lock that stands for this id. */
    static Optional<LockModel> find(LockSpace space, String id, Namespaces visible) {
        return findAll(space, id, visible).stream().max(PREFERRED);
    }

    /** Whether a lock of the space stands for its own id, as nearly all do. */
    static boolean isPreferred(LockSpace space, LockModel model, Namespaces visible) {
        String id = model.lockId();
        boolean isOnlySplit = id.indexOf('-') == id.lastIndexOf('-');
        return isOnlySplit
                || find(space, id, visible)
                        .map(LockModel::lock)
                        .orElse(model.lock())
                        .equals(model.lock());
    }
}
