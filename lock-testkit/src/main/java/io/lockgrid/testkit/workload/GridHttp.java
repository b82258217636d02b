package io.lockgrid.testkit.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/** Requests to the nodes of a cluster. Nothing is sent again behind the caller's back but a GET. */
public final class GridHttp implements AutoCloseable {
    /** Longer than a node needs to give up. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(8);

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<URI> nodes;
    private final List<String> always;

    /**
     * An answer.
     *
     * @param status 0 if there was none, -1 if there was no connection either
     * @param index of the log, -1 if it does not say
     * @param token fencing token of a grant, 0 if it does not say
     */
    public record Reply(int status, long index, long token, String body) {
        static final Reply NO_CONNECTION = new Reply(-1, -1, 0, "");

        /** Nothing is known of what was asked for. */
        public boolean isUnknown() {
            return status <= 0 || status == 503;
        }

        /** What the body of a success says. */
        public JsonNode json() {
            try {
                return JSON.readTree(expect(status / 100 == 2).body);
            } catch (JsonProcessingException e) {
                throw new AssertionError("not JSON: " + this, e);
            }
        }

        /** Fails the test if this is not what such a request can be answered with. */
        public Reply expect(boolean possible) {
            if (!possible) {
                throw new AssertionError("no such answer is possible: " + this);
            }
            return this;
        }
    }

    /** Requests of everybody. */
    public GridHttp(List<URI> nodes) {
        this(nodes, List.of());
    }

    /**
     * Requests go to these.
     *
     * @param always headers of every request, a name and its value in turn; those of the cluster, say
     */
    public GridHttp(List<URI> nodes, List<String> always) {
        this.nodes = List.copyOf(nodes);
        this.always = List.copyOf(always);
    }

    private static String json(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of " + body, e);
        }
    }

    /** The nodes in random order. */
    private List<URI> shuffled() {
        List<URI> order = new ArrayList<>(nodes);
        Collections.shuffle(order, ThreadLocalRandom.current());
        return order;
    }

    /** A request to any node that takes the connection: where none was made, nothing can have happened. */
    public Reply any(String method, String path, String body, String... headers) {
        Reply reply = Reply.NO_CONNECTION;
        for (URI node : shuffled()) {
            reply = send(node, method, path, body, headers);
            if (reply.status() != Reply.NO_CONNECTION.status()) {
                return reply;
            }
        }
        return reply;
    }

    /** As {@link #any}, a POST of a JSON object. */
    public Reply anyPost(String path, Map<String, ?> body, String... headers) {
        return any("POST", path, json(body), headers);
    }

    /** A GET at one node; the client may send it twice. */
    public Reply get(URI node, String path) {
        return send(node, "GET", path, "");
    }

    /** A POST of a JSON object at one node. */
    public Reply post(URI node, String path, Map<String, ?> body, String... headers) {
        return send(node, "POST", path, json(body), headers);
    }

    /** A request to one node. */
    public Reply send(URI node, String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.resolve(path))
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        String[] all = Stream.concat(always.stream(), Stream.of(headers)).toArray(String[]::new);
        if (all.length > 0) {
            request.headers(all);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValueAsLong("LockGrid-Index").orElse(-1),
                    response.headers()
                            .firstValueAsLong("LockGrid-Fencing-Token")
                            .orElse(0),
                    response.body());
        } catch (ConnectException e) {
            return Reply.NO_CONNECTION;
        } catch (IOException e) {
            return new Reply(0, -1, 0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
