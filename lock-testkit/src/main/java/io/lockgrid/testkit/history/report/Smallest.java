package io.lockgrid.testkit.history.report;

import io.lockgrid.testkit.history.Finding;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.HistoryCheck;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Recorded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Looks for a small history that fails a check in the same way: that of one lock, of as few claims and calls as
 * possible. In the same way means that the finding is about the same operation, so that a call does not become wrong
 * only since another, that explained it, was left out.
 */
final class Smallest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final History whole;
    private final HistoryCheck check;
    private final Finding wanted;
    private final long startNanos = System.nanoTime();

    /** A history, and what is wrong with it. */
    record Failure(History history, Finding finding) {}

    private Smallest(History whole, HistoryCheck check, Finding wanted) {
        this.whole = whole;
        this.check = check;
        this.wanted = wanted;
    }

    /** The smallest that was found; the whole history if nothing can be left out of it. */
    static Failure failing(History history, HistoryCheck check, Finding finding) {
        return new Smallest(history, check, finding).failing();
    }

    private Failure failing() {
        List<Recorded> all = records();
        List<Recorded> left = all;
        for (String lock : locks()) {
            List<Recorded> ofLock =
                    all.stream().filter(one -> lockOf(one).equals(lock)).toList();
            if (finding(ofLock).isPresent()) {
                left = ofLock;
                break;
            }
        }
        left = without(left, List.of(after(left)));
        left = without(left, groups(left));
        left = without(left, left.stream().map(List::of).toList());
        return new Failure(history(left), finding(left).orElse(wanted));
    }

    /** What may be left out: operations and listings. The rest is always there. */
    private List<Recorded> records() {
        return Stream.<Recorded>concat(whole.operations().stream(), whole.listings().stream())
                .toList();
    }

    /** The locks that the finding is about, and then all others. */
    private List<String> locks() {
        return Stream.concat(wanted.because().stream(), whole.operations().stream())
                .map(Smallest::lockOf)
                .distinct()
                .toList();
    }

    private static String lockOf(Recorded one) {
        return switch (one) {
            case Operation op -> op.lock();
            case Listing listing -> listing.lock();
            default -> "";
        };
    }

    /** What was asked only when all was over that the finding is about. */
    private List<Recorded> after(List<Recorded> records) {
        long end = wanted.because().stream()
                .mapToLong(one -> one instanceof Operation op ? op.returnedNanos() : Long.MIN_VALUE)
                .max()
                .orElse(Long.MAX_VALUE);
        return records.stream()
                .filter(one -> one instanceof Operation op && op.invokedNanos() > end)
                .toList();
    }

    /** Each claim with all of its calls, and all that was listed. */
    private static List<List<Recorded>> groups(List<Recorded> records) {
        Map<String, List<Recorded>> groups = new LinkedHashMap<>();
        for (Recorded one : records) {
            String group = one instanceof Operation op ? op.lock() + " " + op.holder() : "";
            groups.computeIfAbsent(group, first -> new ArrayList<>()).add(one);
        }
        return List.copyOf(groups.values());
    }

    /** Leaves out parts as long as it fails: first many at once, then fewer and fewer, at last one by one. */
    private List<Recorded> without(List<Recorded> records, List<? extends List<Recorded>> parts) {
        List<Recorded> left = records;
        List<List<Recorded>> kept = new ArrayList<>(parts);
        for (int size = Math.max(1, kept.size() / 2); size >= 1 && hasTime(); size /= 2) {
            for (int from = kept.size(); from > 0 && hasTime(); from -= size) {
                List<List<Recorded>> some = kept.subList(Math.max(0, from - size), from);
                List<Recorded> gone = some.stream().flatMap(List::stream).toList();
                List<Recorded> fewer = minus(left, gone);
                if (finding(fewer).isPresent()) {
                    left = fewer;
                    some.clear();
                }
            }
        }
        return left;
    }

    private static List<Recorded> minus(List<Recorded> records, List<Recorded> gone) {
        Set<Recorded> identities = Collections.newSetFromMap(new IdentityHashMap<Recorded, Boolean>());
        identities.addAll(gone);
        return records.stream().filter(one -> !identities.contains(one)).toList();
    }

    private boolean hasTime() {
        return System.nanoTime() - startNanos < PATIENCE.toNanos();
    }

    /** The finding that is wanted, if these records show it. */
    private Optional<Finding> finding(List<Recorded> records) {
        return check.findings(history(records)).stream()
                .filter(found -> last(found).equals(last(wanted)))
                .findFirst();
    }

    private static Optional<Recorded> last(Finding finding) {
        return finding.because().isEmpty()
                ? Optional.empty()
                : Optional.of(finding.because().getLast());
    }

    private History history(List<Recorded> records) {
        History history = new History(() -> 0);
        records.forEach(history::add);
        whole.endings().values().forEach(history::add);
        whole.writes().forEach(history::add);
        whole.disturbances().forEach(history::add);
        return history;
    }
}
