package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import java.util.ArrayList;
import java.util.List;

/** One process life of a node: numbers its batches, and sends each until it is answered. */
final class Sender {
    /** Far fewer than the format allows, and enough for every order of arrival. */
    static final int UNANSWERED_MAX = 8;

    private final long origin;
    private final List<Batch> unanswered = new ArrayList<>();
    private long sequence;

    Sender(long origin) {
        this.origin = origin;
    }

    void send(List<Command> commands) {
        if (unanswered.size() < UNANSWERED_MAX) {
            sequence++;
            long floor = unanswered.isEmpty() ? sequence : unanswered.getFirst().sequence();
            unanswered.add(new Batch(origin, sequence, floor, commands));
        }
    }

    /** In order of their sequence. */
    List<Batch> unanswered() {
        return unanswered;
    }

    boolean awaits(Batch batch) {
        return batch.origin() == origin && unanswered.stream().anyMatch(each -> each.sequence() == batch.sequence());
    }

    void answered(Batch batch) {
        unanswered.removeIf(each -> each.sequence() == batch.sequence());
    }
}
