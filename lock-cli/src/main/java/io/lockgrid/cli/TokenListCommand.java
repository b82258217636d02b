package io.lockgrid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code lockgrid token list}: every access token, without its secret, which nobody knows. */
@Command(name = "list", sortOptions = false, description = "Lists the access tokens in order of name, without secrets.")
final class TokenListCommand implements Callable<Integer> {
    private static final List<String> HEADINGS = List.of("NAME", "ROLE", "NAMESPACES", "CREATED");

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private GridOptions grid = new GridOptions();

    @Override
    public Integer call() throws InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        for (JsonNode token : tokens(new GridClient(grid).send("GET", TokenCommand.PATH, "", 200))) {
            List<String> patterns = new ArrayList<>();
            token.path("namespaces").forEach(pattern -> patterns.add(pattern.asText()));
            rows.add(List.of(
                    token.path("name").asText(),
                    token.path("role").asText(),
                    patterns.isEmpty() ? "*" : String.join(",", patterns),
                    token.path("createdAt").asText()));
        }
        var out =
                Objects.requireNonNull(spec, "picocli injects it").commandLine().getOut();
        TextTable.lines(rows).forEach(out::println);
        return 0;
    }

    private static JsonNode tokens(String answer) {
        try {
            JsonNode tokens = NodeAnswer.JSON.readTree(answer).path("tokens");
            if (tokens.isArray()) {
                return tokens;
            }
        } catch (JsonProcessingException e) {
            // Not the answer of a node: said below.
        }
        throw new CallFailedException("the answer holds no list of tokens, so it is not a node's");
    }
}
