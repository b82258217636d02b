package io.lockgrid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** What came of asking one node how it is. */
sealed interface NodeAnswer {
    /** Longest wait for a node. */
    Duration PATIENCE = Duration.ofSeconds(2);

    JsonMapper JSON = JsonMapper.builder().build();

    /** Of the node's HTTP port. */
    URI address();

    /** The node said how it is: the body of {@code GET /v1/status}. */
    record Report(URI address, JsonNode body) implements NodeAnswer {
        String node() {
            return text("node");
        }

        boolean isReady() {
            return body.path("ready").asBoolean();
        }

        boolean leads() {
            return text("role").equals("leader");
        }

        /** A field as a person reads it. */
        String text(String field) {
            return body.path(field).asText("-");
        }

        long number(String field) {
            return body.path(field).asLong();
        }
    }

    /** It did not. */
    record Silence(URI address, String why) implements NodeAnswer {}

    /** Asks; the future never fails. */
    static CompletableFuture<NodeAnswer> ask(HttpClient client, GridOptions grid, URI address) {
        HttpRequest request =
                grid.request(address, "/v1/status").timeout(PATIENCE).build();
        return client.sendAsync(request, HttpResponse.BodyHandlers.ofString())
                .orTimeout(PATIENCE.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS)
                .handle((response, failure) ->
                        failure == null ? read(address, response) : new Silence(address, explain(failure)));
    }

    private static NodeAnswer read(URI address, HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            String detail = GridClient.detail(response);
            return new Silence(
                    address,
                    "it answers " + response.statusCode()
                            + (detail.isEmpty() ? ", so it is not a node" : ": " + detail));
        }
        return parse(response.body())
                .<NodeAnswer>map(body -> new Report(address, body))
                .orElseGet(() -> new Silence(address, "its answer is not a node's"));
    }

    private static Optional<JsonNode> parse(String body) {
        try {
            return Optional.of(JSON.readTree(body)).filter(json -> json.hasNonNull("node"));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /** Why there was no answer at all. */
    static String explain(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof ConnectException)) {
            root = root.getCause();
        }
        return switch (root) {
            case HttpTimeoutException slow -> "no answer within " + PATIENCE.toSeconds() + " s";
            case java.util.concurrent.TimeoutException slow -> "no answer within " + PATIENCE.toSeconds() + " s";
            case ConnectException refused
            when refused.getCause() instanceof UnresolvedAddressException -> "its host is not known here";
            case ConnectException refused -> "nothing listens there";
            case CertPathBuilderException stranger ->
                "its certificate is of an authority that is not trusted (--tls-ca)";
            default -> root.toString();
        };
    }
}
