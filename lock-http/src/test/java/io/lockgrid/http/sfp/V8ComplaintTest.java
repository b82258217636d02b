package io.lockgrid.http.sfp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lockgrid.http.wire.Rejection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class V8ComplaintTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @ParameterizedTest
    @MethodSource
    void everyFaultIsNamedAsNodeNamesIt(String text, String complaint) throws Exception {
        assertThat(complaint(text)).isEqualTo(complaint);
    }

    static Stream<Arguments> everyFaultIsNamedAsNodeNamesIt() throws Exception {
        List<String> lines = Files.readAllLines(
                Path.of(V8ComplaintTest.class.getResource("/v8/complaints.txt").toURI()));
        return IntStream.range(0, lines.size() / 2)
                .mapToObj(i -> Arguments.of(text(lines.get(2 * i + 1)), lines.get(2 * i + 2)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "5", "\"x\"", "true"})
    void whatIsNeitherObjectNorListIsNotTaken(String text) throws Exception {
        assertThat(complaint(text))
                .isEqualTo("Unexpected token '" + text.charAt(0) + "', \"" + text + "\" is not valid JSON");
    }

    @Test
    void halfACharacterIsNotQuoted() throws Exception {
        assertThat(complaint("[😀]")).isEqualTo("Unexpected token '😀', \"[😀]\" is not valid JSON");
        assertThat(complaint("[\"😀1234567\",,1,2,3,4]"))
                .isEqualTo("Unexpected token ',', ...\"?1234567\",,1,2,3,4]\" is not valid JSON");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", " [ ] ", "{\"a\":[1,-0.5e+3,\"\\u00e9\\n\",true,false,null,{}]}", "{\"x\":\"\\ud800\"}"})
    void aTextThatNodeReadsIsLeftAlone(String text) {
        assertThatCode(() -> V8Complaint.about(text)).doesNotThrowAnyException();
    }

    @Test
    void nestingIsNotFollowedForEver() throws Exception {
        assertThat(complaint("[".repeat(1_000_000))).isEqualTo("JSON is nested deeper than 64 levels");
    }

    private static String complaint(String text) throws Exception {
        Rejection rejection = catchThrowableOfType(Rejection.class, () -> V8Complaint.about(text));
        assertThat(rejection.reply().status()).isEqualTo(400);
        return MAPPER.readTree(rejection.reply().body().toString())
                .path("message")
                .asText();
    }

    private static String text(String json) {
        try {
            return MAPPER.readValue(json, String.class);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
