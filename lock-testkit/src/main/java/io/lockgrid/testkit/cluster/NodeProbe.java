package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a node says of itself, or nothing if it does not answer soon. */
final class NodeProbe {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Pattern LEADER = Pattern.compile("\"leader\":\"([^\"]+)\"");

    private NodeProbe() {}

    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(SOON)
                .build();
    }

    static boolean isReady(HttpClient http, URI node) {
        return get(http, node.resolve("/readyz"), List.of())
                .filter(reply -> reply.statusCode() == 200)
                .isPresent();
    }

    /** The id of the node that this one takes for the leader. */
    static Optional<String> leader(HttpClient http, URI node, List<String> headers) {
        return get(http, node.resolve("/v1/status"), headers)
                .map(reply -> LEADER.matcher(reply.body()))
                .filter(Matcher::find)
                .map(found -> found.group(1));
    }

    private static Optional<HttpResponse<String>> get(HttpClient http, URI uri, List<String> headers) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(SOON);
            if (!headers.isEmpty()) {
                request.headers(headers.toArray(String[]::new));
            }
            return Optional.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
