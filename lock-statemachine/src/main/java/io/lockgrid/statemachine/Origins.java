package io.lockgrid.statemachine;

import io.lockgrid.statemachine.collection.OrderedTree;
import java.util.List;
import java.util.Optional;

/**
 * Which batches were applied, so that one that is sent again is answered and not applied again; immutable.
 *
 * <p>For each origin the outcomes of the batches from its floor on are kept. An origin that is not known can only begin
 * with floor 1: with a higher one it was forgotten, and nobody can tell any more what it had sent.
 *
 * @param byOrigin what is remembered of each, by its number
 */
public record Origins(OrderedTree<Origin> byOrigin) {
    private static final List<Outcome> NOTHING_KNOWN = List.of();

    /**
     * What is remembered of one process life of a node.
     *
     * @param number of the origin
     * @param floor the outcomes below it were forgotten
     * @param lastSequence the highest sequence seen
     * @param usedBy the place of its last batch among those of all origins; the origin with the lowest is dropped first
     * @param batches that were applied, by sequence
     */
    public record Origin(long number, long floor, long lastSequence, long usedBy, OrderedTree<Answered> batches) {}

    /** A batch that was applied, and what came of it. */
    public record Answered(long sequence, List<Outcome> outcomes) {}

    static Origins empty() {
        return new Origins(OrderedTree.empty());
    }

    /**
     * What is known of a batch.
     *
     * @return its outcomes if it was applied, an empty list if that is forgotten, or nothing if it is new
     */
    Optional<List<Outcome>> find(Batch batch) {
        Origin origin = byOrigin.get(batch.origin(), 0);
        if (origin == null) {
            return batch.floor() == 1 ? Optional.empty() : Optional.of(NOTHING_KNOWN);
        }
        if (batch.sequence() < origin.floor()) {
            return Optional.of(NOTHING_KNOWN);
        }
        return Optional.ofNullable(origin.batches().get(batch.sequence(), 0)).map(Answered::outcomes);
    }

    /**
     * Remembers a new batch.
     *
     * @param use a number that rises with every batch
     */
    Origins with(Batch batch, long use, List<Outcome> outcomes) {
        Origin origin = byOrigin.get(batch.origin(), 0);
        OrderedTree<Answered> known = origin == null ? OrderedTree.empty() : origin.batches();
        long last = Math.max(batch.sequence(), origin == null ? 0 : origin.lastSequence());
        // The bound holds even for a sender whose floor does not rise.
        long floor = Math.max(batch.floor(), last - Limits.UNANSWERED_BATCHES_MAX + 1);
        floor = Math.max(floor, origin == null ? 1 : origin.floor());
        known = known.with(batch.sequence(), 0, new Answered(batch.sequence(), outcomes));
        while (known.firstMajor() < floor) {
            known = known.withoutFirst();
        }
        Origins next =
                new Origins(byOrigin.with(batch.origin(), 0, new Origin(batch.origin(), floor, last, use, known)));
        return next.byOrigin.size() > Limits.ORIGINS_MAX ? next.withoutLeastUsed() : next;
    }

    private Origins withoutLeastUsed() {
        Origin least = byOrigin.firstValue();
        for (Origin origin : byOrigin) {
            if (origin.usedBy() < least.usedBy()) {
                least = origin;
            }
        }
        return new Origins(byOrigin.without(least.number(), 0));
    }
}
