package io.lockgrid.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TicketIdsTest {
    @Test
    void idsAre26SafeCharactersAndNoTwoAreTheSame() {
        TicketIds ids = new TicketIds();
        Set<String> seen = new HashSet<>();
        Set<Character> inPlace = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            String id = ids.next();
            assertThat(id).matches("[0-9a-hjkmnp-tv-z]{26}");
            assertThat(seen.add(id)).isTrue();
            inPlace.add(id.charAt(24));
        }
        assertThat(inPlace)
                .as("every character of the alphabet comes up in every place")
                .hasSize(32);
    }
}
