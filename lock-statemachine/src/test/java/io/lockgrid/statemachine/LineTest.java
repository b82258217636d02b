package io.lockgrid.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against a plain list that is searched from end to end. */
class LineTest {
    private record Person(String id, long sequence) implements Line.Member {}

    @Test
    void itIsAQueueInWhichEveryoneIsFoundByIdAndByPlace() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            // Around the size from which there is an index, and well beyond it.
            int usual = 1 + random.nextInt(30);
            List<Person> expected = new ArrayList<>();
            Line<Person> line = Line.empty();
            for (int step = 1; step < 200; step++) {
                if (expected.isEmpty() || random.nextInt(2 * usual) >= expected.size()) {
                    Person next = new Person("p" + step, step);
                    expected.add(next);
                    line = line.with(next);
                } else {
                    Person leaves = expected.remove(random.nextInt(expected.size()));
                    line = line.without(leaves);
                    assertThat(line.find(leaves.id())).isNull();
                    assertThat(line.position(leaves.id())).isZero();
                }
                assertSame(line, expected);
            }
        }
    }

    private static void assertSame(Line<Person> line, List<Person> expected) {
        assertThat(line.size()).isEqualTo(expected.size());
        assertThat(line.isEmpty()).isEqualTo(expected.isEmpty());
        assertThat(line).containsExactlyElementsOf(expected);
        List<Person> backwards = new ArrayList<>();
        line.reversed().forEachRemaining(backwards::add);
        assertThat(backwards).isEqualTo(expected.reversed());
        if (!expected.isEmpty()) {
            assertThat(line.first()).isSameAs(expected.getFirst());
        }
        for (int place = 0; place < expected.size(); place++) {
            Person person = expected.get(place);
            assertThat(line.find(person.id())).isSameAs(person);
            assertThat(line.position(person.id())).isEqualTo(place + 1);
        }
    }

    @Test
    void noOperationChangesALineThatSomebodyHolds() {
        List<Line<Person>> versions = new ArrayList<>();
        Line<Person> line = Line.empty();
        for (int number = 0; number < 100; number++) {
            versions.add(line);
            line = line.with(new Person("p" + number, number));
        }
        for (int number = 0; number < 100; number++) {
            line = line.without(new Person("p" + number, number));
        }
        assertThat(line.isEmpty()).isTrue();
        for (int size = 0; size < 100; size++) {
            assertThat(versions.get(size).size()).isEqualTo(size);
            assertThat(versions.get(size).find("p" + size)).isNull();
            assertThat(size == 0 || versions.get(size).position("p" + (size - 1)) == size)
                    .isTrue();
        }
    }

    @Test
    void anEmptyLineHasNoFirst() {
        assertThatThrownBy(() -> Line.<Person>empty().first()).isInstanceOf(NoSuchElementException.class);
    }
}
