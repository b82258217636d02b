package io.lockgrid.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * One case of a golden file: a conversation with a node that has just been started. The format:
 *
 * <pre>
 * ### what is promised
 * # a remark
 * stores a,b                       the node knows these Dapr stores only (optional)
 * POST /path                       a request: its line, its headers, an empty line, its body
 * Content-Type: application/json
 *
 * {"x":1}
 * --->                             the response to it: status, headers, an empty line, the body
 * 200
 * Content-Type: application/json   this header has this value
 * no Retry-After                   this header is absent
 *
 * {"y":"${ticket}"}                exact, but a name stands for a text: the same wherever it stands, requests included
 * ---                              the next step of the conversation
 * time +5s                         instead of a request: time passes
 * </pre>
 *
 * A body ends before the line break at its end; {@code ¶} stands for one that belongs to it.
 */
record GoldenCase(String name, List<String> stores, List<Step> steps) {
    /** A part of the conversation. */
    sealed interface Step {
        record Pass(Duration time) implements Step {}

        record Exchange(
                String requestLine,
                List<String> requestHeaders,
                String requestBody,
                int status,
                List<String> headers,
                String body)
                implements Step {}
    }

    static List<GoldenCase> readAll(Path file) throws IOException {
        List<GoldenCase> cases = new ArrayList<>();
        for (String text : Files.readString(file).split("(?m)^### ", -1)) {
            if (!text.isBlank() && !text.startsWith("# ")) {
                cases.add(parse(text));
            }
        }
        return cases;
    }

    private static GoldenCase parse(String text) {
        int lineEnd = text.indexOf('\n');
        String name = text.substring(0, lineEnd).strip();
        List<String> stores = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (String step : text.substring(lineEnd + 1).split("(?m)^---\n", -1)) {
            List<String> lines = new ArrayList<>(step.stripTrailing().lines().toList());
            lines.removeIf(line -> line.startsWith("# "));
            while (lines.getFirst().isBlank() || lines.getFirst().startsWith("stores ")) {
                String line = lines.removeFirst();
                if (!line.isBlank()) {
                    stores.addAll(List.of(line.substring("stores ".length()).split(",", -1)));
                }
            }
            steps.add(step(lines));
        }
        return new GoldenCase(name, stores, steps);
    }

    private static Step step(List<String> lines) {
        if (lines.getFirst().startsWith("time +")) {
            return new Step.Pass(Duration.parse("PT" + lines.getFirst().substring("time +".length())));
        }
        int arrow = lines.indexOf("--->");
        Part request = Part.of(lines.subList(0, arrow));
        Part response = Part.of(lines.subList(arrow + 1, lines.size()));
        return new Step.Exchange(
                request.first(),
                request.headers(),
                request.body(),
                Integer.parseInt(response.first().strip()),
                response.headers(),
                response.body());
    }

    private record Part(String first, List<String> headers, String body) {
        static Part of(List<String> lines) {
            int blank = lines.indexOf("");
            int headersEnd = blank < 0 ? lines.size() : blank;
            String body = blank < 0 ? "" : String.join("\n", lines.subList(blank + 1, lines.size()));
            return new Part(
                    lines.getFirst(),
                    List.copyOf(lines.subList(1, headersEnd)),
                    body.replace("¶\n", "\n").replace("¶", "\n"));
        }
    }
}
