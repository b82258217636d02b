package io.lockgrid.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;

/** Asks the grid to do something once: any node will do, so the first that can be reached. */
final class GridClient {
    /** A node gives up after 5 s, and says so. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final GridOptions grid;

    GridClient(GridOptions grid) {
        this.grid = grid;
    }

    /**
     * Sends a request. A node that cannot be reached has done nothing, so then the next is asked; once a request was
     * sent it is never sent again.
     *
     * @param path percent-encoded
     * @param body JSON, or empty for none
     * @param success the status that means that it was done
     * @return the body of the answer
     * @throws CallFailedException if it was not done, or nobody knows
     */
    String send(String method, String path, String body, int success) throws InterruptedException {
        List<String> unreachable = new ArrayList<>();
        try (HttpClient client = grid.client()) {
            for (URI node : grid.addresses()) {
                var request = grid.request(node, path)
                        .timeout(PATIENCE)
                        .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
                if (!body.isEmpty()) {
                    request.header("Content-Type", "application/json");
                }
                try {
                    HttpResponse<String> response =
                            client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
                    if (response.statusCode() == success) {
                        return response.body();
                    }
                    throw new CallFailedException(refusal(node, response));
                } catch (ConnectException | HttpConnectTimeoutException | SSLHandshakeException e) {
                    unreachable.add(node + ": " + NodeAnswer.explain(e));
                } catch (IOException e) {
                    throw new CallFailedException(node + " was asked, and gave no answer (" + NodeAnswer.explain(e)
                            + "); it is not known whether it took effect: look before trying again");
                }
            }
        }
        throw new CallFailedException("no node can be reached (" + String.join("; ", unreachable)
                + "); start one, or say where they are with --nodes");
    }

    private String refusal(URI node, HttpResponse<String> response) {
        String detail = detail(response);
        if (detail.isEmpty()) {
            return node + " answers " + response.statusCode() + ", so it is not a node of this version";
        }
        boolean asksForToken = response.statusCode() == 401 && !grid.hasToken();
        return asksForToken ? detail + "; give one with --token or the variable LOCKGRID_TOKEN" : detail;
    }

    /** What a node says is wrong (RFC 9457), or empty if the answer is none of a node's problems. */
    static String detail(HttpResponse<String> response) {
        try {
            JsonNode body = NodeAnswer.JSON.readTree(response.body());
            return body.path("detail").asText("");
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
