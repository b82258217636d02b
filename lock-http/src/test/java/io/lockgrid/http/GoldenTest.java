package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.http.GoldenCase.Step;
import io.lockgrid.http.dapr.DaprStores;
import io.lockgrid.http.dapr.KeyPrefix;
import io.lockgrid.testkit.LocalLockService;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The published APIs as conversations, in {@code src/test/resources/golden}: over a real socket, in front of the real
 * rules. Beyond what each file says: a request that is answered with one of {@link #BAD_INPUT} must not have reached
 * the log, and the OpenAPI document must foresee every answer.
 */
class GoldenTest {
    private static final Set<Integer> BAD_INPUT = Set.of(400, 404, 405, 406, 408, 413, 414, 431);
    private static final Pattern NAME = Pattern.compile("\\$\\{([a-zA-Z]+)}");

    @TestFactory
    Stream<DynamicContainer> conversations() throws IOException, URISyntaxException {
        Path folder = Path.of(GoldenTest.class.getResource("/golden").toURI());
        List<DynamicContainer> files = new ArrayList<>();
        try (Stream<Path> paths = Files.list(folder)) {
            for (Path file : paths.sorted().toList()) {
                Stream<DynamicTest> tests = GoldenCase.readAll(file).stream()
                        .map(golden -> DynamicTest.dynamicTest(golden.name(), () -> run(golden)));
                files.add(DynamicContainer.dynamicContainer(file.getFileName().toString(), tests));
            }
        }
        return files.stream();
    }

    private static void run(GoldenCase golden) throws Exception {
        LocalLockService locks = new LocalLockService();
        HttpConfig config = TestApi.CONFIG.withDaprStores(new DaprStores(Set.copyOf(golden.stores()), KeyPrefix.NAME));
        try (TestApi api = TestApi.start(config, locks);
                RawHttp http = api.connect()) {
            Map<String, String> named = new HashMap<>();
            for (Step step : golden.steps()) {
                switch (step) {
                    case Step.Pass(var time) -> locks.advance(time);
                    case Step.Exchange exchange -> run(golden.name(), exchange, http, locks, named);
                }
            }
        }
    }

    private static void run(
            String golden, Step.Exchange exchange, RawHttp http, LocalLockService locks, Map<String, String> named)
            throws IOException {
        int submissions = locks.submissions();
        String line = replaceNames(exchange.requestLine(), named);
        List<String> headers = exchange.requestHeaders().stream()
                .map(header -> replaceNames(header, named))
                .toList();
        byte[] body = replaceNames(exchange.requestBody(), named).getBytes(StandardCharsets.UTF_8);
        RawHttp.Response response = http.request(line, headers, body).response(line.startsWith("HEAD "));
        String all = golden + "\n" + response.status() + "\n" + String.join("\n", response.headerLines()) + "\n\n"
                + response.body();

        assertThat(response.status()).as(line + " was answered\n" + all).isEqualTo(exchange.status());
        for (String header : exchange.headers()) {
            checkHeader(header, response, all);
        }
        checkBody(replaceKnown(exchange.body(), named), response.body(), named, all);
        ApiDescription.OURS.check(line, response);
        if (BAD_INPUT.contains(response.status())) {
            assertThat(locks.submissions()).as(line + " has reached the log").isEqualTo(submissions);
        }
    }

    private static void checkHeader(String expected, RawHttp.Response response, String all) {
        if (expected.startsWith("no ")) {
            assertThat(response.header(expected.substring(3))).as(all).isEmpty();
        } else {
            int colon = expected.indexOf(':');
            assertThat(response.header(expected.substring(0, colon)))
                    .as(expected + " in\n" + all)
                    .contains(expected.substring(colon + 1).strip());
        }
    }

    /** Names that stand in {@code expected} for the first time take what the actual text has in their place. */
    private static void checkBody(String expected, String actual, Map<String, String> named, String all) {
        Matcher names = NAME.matcher(expected);
        StringBuilder pattern = new StringBuilder();
        List<String> found = new ArrayList<>();
        int end = 0;
        while (names.find()) {
            pattern.append(Pattern.quote(expected.substring(end, names.start())))
                    .append("([0-9A-Za-z_-]+)");
            found.add(names.group(1));
            end = names.end();
        }
        pattern.append(Pattern.quote(expected.substring(end)));
        Matcher match = Pattern.compile(pattern.toString(), Pattern.DOTALL).matcher(actual);
        if (found.isEmpty() || !match.matches()) {
            assertThat(actual).as(all).isEqualTo(expected);
        }
        for (int i = 0; i < found.size(); i++) {
            named.put(found.get(i), match.group(i + 1));
        }
    }

    private static String replaceNames(String text, Map<String, String> named) {
        String replaced = replaceKnown(text, named);
        assertThat(NAME.matcher(replaced).find())
                .as("an unknown name in " + replaced)
                .isFalse();
        return replaced;
    }

    private static String replaceKnown(String text, Map<String, String> named) {
        String replaced = text;
        for (Map.Entry<String, String> each : named.entrySet()) {
            replaced = replaced.replace("${" + each.getKey() + "}", each.getValue());
        }
        return replaced;
    }
}
