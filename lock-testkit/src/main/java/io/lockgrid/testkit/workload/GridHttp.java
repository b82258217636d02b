package io.lockgrid.testkit.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.lockgrid.testkit.history.Operation.Outcome;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;

/** Requests to the nodes of a cluster. Nothing is sent again behind the caller's back but a GET. */
public final class GridHttp implements AutoCloseable {
    /** Longer than a node needs to give up. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(8);

    private static final int BREATH_MILLIS_MIN = 100;
    private static final int BREATH_MILLIS_MAX = 300;

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client;
    private final List<URI> nodes;
    private final Function<String, List<String>> headersOf;
    private final String caller;
    private final Duration answerMax;

    /** The node that is asked first, from 0 on; empty: any one. */
    private final AtomicReference<OptionalInt> home;

    /**
     * An answer.
     *
     * @param status 0 if there was none, -1 if there was no connection either
     * @param index of the log, -1 if it does not say
     * @param clusterTimeMillis replicated clock at that index in ms, -1 if it does not say
     * @param token fencing token of a grant, 0 if it does not say
     */
    public record Reply(int status, long index, long clusterTimeMillis, long token, String body) {
        static final Reply NO_CONNECTION = new Reply(-1, -1, -1, 0, "");

        /** What every API says of a request that did not get to the log, and never will. */
        private static final String NOT_SENT = "nothing was changed";

        /** Nothing was decided. */
        public boolean isFailure() {
            return status <= 0 || status == 503;
        }

        /** What a failure leaves open. */
        public Outcome failure() {
            boolean isNotSent = status < 0 || (status == 503 && body.contains(NOT_SENT));
            return isNotSent ? Outcome.NOT_SENT : Outcome.UNKNOWN;
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
        this(nodes, caller -> List.of());
    }

    /**
     * Requests go to these, each to any one of them.
     *
     * @param headersOf what says who calls in every request of a caller: headers, a name and its value in turn
     */
    public GridHttp(List<URI> nodes, Function<String, List<String>> headersOf) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(2))
                        .build(),
                nodes,
                headersOf,
                "test",
                ANSWER_MAX,
                new AtomicReference<>(OptionalInt.empty()));
    }

    private GridHttp(
            HttpClient client,
            List<URI> nodes,
            Function<String, List<String>> headersOf,
            String caller,
            Duration answerMax,
            AtomicReference<OptionalInt> home) {
        this.client = client;
        this.nodes = List.copyOf(nodes);
        this.headersOf = headersOf;
        this.caller = caller;
        this.answerMax = answerMax;
        this.home = home;
    }

    /** The same as another caller: where nodes ask who calls, the name that they show for what is queued. */
    public GridHttp as(String name) {
        return new GridHttp(client, nodes, headersOf, name, answerMax, home);
    }

    /**
     * Requests over the same connections, of one client: it stays with a node until that leaves it without an answer,
     * then it goes to the next. So of many clients only some wait for a node that stands still.
     *
     * @param first node that it begins with; may be larger than their number
     * @param patience how long it waits for an answer
     */
    public GridHttp staying(int first, Duration patience) {
        AtomicReference<OptionalInt> begin = new AtomicReference<>(OptionalInt.of(first % nodes.size()));
        return new GridHttp(client, nodes, headersOf, caller, patience, begin);
    }

    private static String json(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON can be made of " + body, e);
        }
    }

    /** A request to any node that takes the connection: where none was made, nothing can have happened. */
    public Reply any(String method, String path, String body, String... headers) {
        int first = home.get().orElseGet(() -> ThreadLocalRandom.current().nextInt(nodes.size()));
        Reply reply = Reply.NO_CONNECTION;
        for (int i = 0; i < nodes.size(); i++) {
            int node = (first + i) % nodes.size();
            reply = send(nodes.get(node), method, path, body, headers);
            if (reply.status() != Reply.NO_CONNECTION.status()) {
                leave(node, reply);
                return reply;
            }
        }
        return reply;
    }

    /**
     * Goes to the next node after a breath: the faults are to be met, not the number of calls that can fail at once.
     */
    private void leave(int node, Reply reply) {
        if (home.get().isPresent()) {
            home.set(OptionalInt.of(reply.isFailure() ? (node + 1) % nodes.size() : node));
            if (reply.isFailure()) {
                Pace.pause(BREATH_MILLIS_MIN, BREATH_MILLIS_MAX);
            }
        }
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
                .timeout(answerMax)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        String[] all = Stream.concat(headersOf.apply(caller).stream(), Stream.of(headers))
                .toArray(String[]::new);
        if (all.length > 0) {
            request.headers(all);
        }
        try {
            return reply(client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
        } catch (ConnectException e) {
            return Reply.NO_CONNECTION;
        } catch (IOException e) {
            return new Reply(0, -1, -1, 0, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(
                response.statusCode(),
                number(response, "LockGrid-Index", -1),
                number(response, "LockGrid-Cluster-Time", -1),
                number(response, "LockGrid-Fencing-Token", 0),
                response.body());
    }

    private static long number(HttpResponse<String> response, String header, long otherwise) {
        return response.headers().firstValueAsLong(header).orElse(otherwise);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
