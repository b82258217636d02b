package io.lockgrid.http.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTokenTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0123456789abcdef", "  0123456789abcdef\r\n", "!~:/+=.0123456789"})
    void whiteSpaceAroundATokenDoesNotCount(String text) throws IOException {
        OwnerToken token = OwnerToken.read(file(text));
        assertThat(token.matches(Secrets.hash(text.strip()))).isTrue();
        assertThat(token.matches(Secrets.hash(text.strip() + "x"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "0123456789abcde", "0123456789 abcdef", "0123456789abcdeü", "eyJhbGciOi.eyJzdWI.c2ln"})
    void whatIsNoTokenIsRefusedWithoutShowingIt(String text) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> OwnerToken.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the file " + file + " (--owner-token-file) holds no owner token: 16 to 512 printable"
                        + " characters without a space, and not of the form of a JWT; make one with: openssl rand"
                        + " -hex 32");
    }

    @Test
    void fileThatIsNotThereIsSaidSo() {
        assertThatThrownBy(() -> OwnerToken.read(folder.resolve("no")))
                .hasMessage("there is no file " + folder.resolve("no") + " (--owner-token-file)");
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("token"), text);
    }
}
