package io.lockgrid.http.v1;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lockgrid.http.auth.Caller;
import io.lockgrid.http.auth.Namespaces;
import io.lockgrid.http.wire.Failure;
import io.lockgrid.statemachine.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenRoutesTest {
    private static final Namespaces SOME = new Namespaces(List.of("ci/*"));

    @Test
    void anOwnerOfEveryNamespaceMayHandOutTokens() {
        assertThatCode(() -> TokenRoutes.checkOwner(new Caller("admin", Role.OWNER, Namespaces.ALL)))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @EnumSource(names = {"APPLICATION", "MEMBER"})
    void nobodyElseMay(Role role) {
        isRefused(new Caller("ci", role, Namespaces.ALL));
    }

    @Test
    void anOwnerOfSomeNamespacesMayNot() {
        isRefused(new Caller("ci", Role.OWNER, SOME));
    }

    private static void isRefused(Caller caller) {
        assertThatThrownBy(() -> TokenRoutes.checkOwner(caller))
                .isInstanceOf(Failure.Carrier.class)
                .hasMessageContaining("ci", "/v1/tokens");
    }
}
