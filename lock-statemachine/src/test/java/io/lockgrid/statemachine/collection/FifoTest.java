package io.lockgrid.statemachine.collection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FifoTest {
    @Test
    void itIsAQueueWhateverComesAndGoes() {
        SplittableRandom random = new SplittableRandom(7);
        Deque<Integer> expected = new ArrayDeque<>();
        Fifo<Integer> queue = Fifo.empty();
        for (int step = 0; step < 100_000; step++) {
            // Long stretches of growing and of shrinking, so that the queue is empty at times and has many chunks at
            // others.
            boolean grows = random.nextInt(10) < (step / 1_000 % 2 == 0 ? 7 : 3);
            if (grows || expected.isEmpty()) {
                queue = queue.with(step);
                expected.addLast(step);
            } else {
                assertThat(queue.first()).isEqualTo(expected.removeFirst());
                queue = queue.withoutFirst();
            }
            assertThat(queue.size()).isEqualTo(expected.size());
        }
    }

    @Test
    void anOlderQueueStaysAsItWas() {
        List<Fifo<Integer>> versions = new ArrayList<>(List.of(Fifo.empty()));
        for (int i = 0; i < 300; i++) {
            versions.add(versions.getLast().with(i));
        }
        Fifo<Integer> drained = versions.getLast();
        for (int i = 0; i < 300; i++) {
            drained = drained.withoutFirst();
        }
        for (int size = 1; size <= 300; size++) {
            Fifo<Integer> version = versions.get(size);
            assertThat(version.size()).isEqualTo(size);
            for (int i = 0; i < size; i++) {
                assertThat(version.first()).isEqualTo(i);
                version = version.withoutFirst();
            }
        }
    }

    @Test
    void anEmptyQueueHasNoFirst() {
        assertThatThrownBy(Fifo.empty()::first).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(Fifo.empty()::withoutFirst).isInstanceOf(NoSuchElementException.class);
    }
}
