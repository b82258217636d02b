package io.lockgrid.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerListTest {
    @Test
    void theSameNodesMakeTheSameListInAnyOrder() {
        assertThat(PeerList.parse("b=h2:2, a=h1:1,c=[::1]:3"))
                .hasToString("a=h1:1,b=h2:2,c=[::1]:3")
                .satisfies(list -> assertThat(list.contains("b")).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "n1",
                "n1=",
                "=h:1",
                "n1=h",
                "n1=h:0",
                "n1=h:65536",
                "n1=h:x",
                "n1=h:1,",
                "n 1=h:1",
                "n1=h:1,n1=h:2",
                "n1=h:1,n2=h:1"
            })
    void whatIsNoListIsRefusedWithOneLine(String text) {
        assertThatThrownBy(() -> PeerList.parse(text))
                .isInstanceOf(NodeStartException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").isNotBlank());
    }
}
