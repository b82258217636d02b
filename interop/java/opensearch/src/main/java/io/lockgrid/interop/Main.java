package io.lockgrid.interop;

import static io.lockgrid.interop.Trial.LEASE_SECONDS;
import static io.lockgrid.interop.Trial.SHORT_SECONDS;
import static io.lockgrid.interop.Trial.check;
import static io.lockgrid.interop.Trial.namespace;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.HttpHost;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.core.InfoResponse;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.OpenSearchClientException;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient;
import org.opensearch.client.opensearch.generic.OpenSearchGenericClient.ClientOptions;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.client.transport.httpclient5.ResponseException;

/** The generic client of opensearch-java: {@code client.jar life|failover}. */
final class Main {
    private static final String PLUGIN = "/_plugins/_job_scheduler";

    private Main() {}

    /** Runs a trial. */
    public static void main(String[] arguments) {
        Trial.run(arguments, Map.of("life", Main::life, "failover", Main::failover));
    }

    private static OpenSearchTransport transportTo(List<String> nodes) {
        return transportTo(nodes, Trial.token());
    }

    private static OpenSearchTransport transportTo(List<String> nodes, String token) {
        HttpHost[] hosts = nodes.stream()
                .map(node -> new HttpHost("http", node.split(":")[0], Integer.parseInt(node.split(":")[1])))
                .toArray(HttpHost[]::new);
        ApacheHttpClient5TransportBuilder builder = ApacheHttpClient5TransportBuilder.builder(hosts);
        if (token != null) {
            BasicCredentialsProvider credentials = new BasicCredentialsProvider();
            char[] password = token.toCharArray();
            credentials.setCredentials(
                    new AuthScope(null, -1), new UsernamePasswordCredentials(Trial.user(), password));
            builder.setHttpClientConfigCallback(http -> http.setDefaultCredentialsProvider(credentials));
        }
        return builder.build();
    }

    private static OpenSearchGenericClient clientOf(OpenSearchTransport transport) {
        return new OpenSearchClient(transport).generic().withClientOptions(ClientOptions.throwOnHttpErrors());
    }

    private static void life() throws Exception {
        OpenSearchTransport transport = transportTo(Trial.nodes());
        OpenSearchGenericClient me = clientOf(transport);
        OpenSearchGenericClient you = clientOf(transportTo(Trial.nodes().subList(1, 3)));

        if (Trial.token() != null) {
            OpenSearchGenericClient stranger = clientOf(transportTo(Trial.nodes(), "wrong"));
            Exception refused = Trial.failureOf(() -> acquire(stranger, "one", LEASE_SECONDS));
            check("a wrong password is refused", refused.getMessage().equals("Unauthorized access"), refused);
        }
        InfoResponse info = new OpenSearchClient(transport).info();
        check(
                "it is taken for an OpenSearch",
                "opensearch".equals(info.version().distribution()),
                info);
        JsonObject taken = acquire(me, "one", LEASE_SECONDS);
        check("a free lock is taken", taken.getString("lock_id").equals(namespace() + "-one"), taken);
        check(
                "it has a sequence number and a term",
                taken.getInt("seq_no") > 0 && taken.getInt("primary_term") > 0,
                taken);
        check("another is refused it", !isTaken(() -> acquire(you, "one", LEASE_SECONDS)), true);

        JsonObject one = call(you, "GET", "/api/locks/" + idOf("one"), null);
        check("it is found by its id", one.getInt("total_locks") == 1, one);
        JsonObject listed = call(you, "GET", "/api/locks", null).getJsonObject("locks");
        JsonObject model = listed.getJsonObject(namespace() + "-one");
        check("it is listed", model.getInt("lock_duration_seconds") == LEASE_SECONDS, listed);
        check(
                "what was never taken is not found",
                call(me, "GET", "/api/locks/no-such", null).getInt("total_locks") == 0,
                listed);

        check("it is released", release(you, "one"), false);
        JsonObject again = acquire(you, "one", LEASE_SECONDS);
        check("then it is taken again, with a higher number", again.getInt("seq_no") > taken.getInt("seq_no"), again);

        Trial.expires(
                () -> isTaken(() -> acquire(me, "short", SHORT_SECONDS)),
                () -> isTaken(() -> acquire(you, "short", LEASE_SECONDS)));
        errors(me);
    }

    private static void errors(OpenSearchGenericClient client) {
        OpenSearchClientException noId =
                (OpenSearchClientException) Trial.failureOf(() -> call(client, "GET", "/api/locks/nohyphen", null));
        check("an id without a hyphen is refused", noId.status() == 400, noId);
        String reason = noId.response().getBody().map(Body::bodyAsString).orElse("");
        check("its reason is shown", reason.contains("Lock ID must be in format 'index-jobid'"), reason);
        OpenSearchClientException noField = (OpenSearchClientException) Trial.failureOf(
                () -> call(client, "GET", "/_lock", Json.createObjectBuilder().build()));
        check("a body without its fields is refused", noField.status() == 400, noField);
        // This client throws what comes with a 500 before its generic part sees it.
        ResponseException gone =
                (ResponseException) Trial.failureOf(() -> call(client, "PUT", "/_release_lock/no-such", null));
        check("what is not there is not released", gone.status() == 500, gone);
        check("its answer is shown", gone.getMessage().contains("{\"release-lock\":\"failed\"}"), gone);
    }

    private static String idOf(String job) {
        return URLEncoder.encode(namespace() + "-" + job, StandardCharsets.UTF_8);
    }

    private static JsonObject acquire(OpenSearchGenericClient client, String job, int seconds) throws IOException {
        JsonObject body = Json.createObjectBuilder()
                .add("job_index_name", namespace())
                .add("job_id", job)
                .add("lock_duration_seconds", seconds)
                .build();
        return call(client, "GET", "/_lock", body);
    }

    private static boolean release(OpenSearchGenericClient client, String job) throws IOException {
        return call(client, "PUT", "/_release_lock/" + idOf(job), null)
                .getString("release-lock")
                .equals("success");
    }

    /** A lock that is held is a 500 without a body, as upstream, which this client throws as it comes. */
    private static boolean isTaken(Callable<JsonObject> acquire) throws Exception {
        try {
            return !acquire.call().getJsonObject("lock_model").getBoolean("released");
        } catch (ResponseException e) {
            if (e.status() == 500) {
                return false;
            }
            throw e;
        }
    }

    private static JsonObject call(OpenSearchGenericClient client, String method, String path, JsonObject body)
            throws IOException {
        var request = Requests.builder().method(method).endpoint(PLUGIN + path);
        if (body != null) {
            request.json(body);
        }
        try (Response response = client.execute(request.build())) {
            String json = response.getBody().orElseThrow().bodyAsString();
            return Json.createReader(new StringReader(json)).readObject();
        }
    }

    /** The leader is the first address; the client goes on to the next by itself. */
    private static void failover() throws Exception {
        OpenSearchGenericClient client = clientOf(transportTo(Trial.nodes().reversed()));
        Failover.ofAll(new Failover.Locks() {
            @Override
            public boolean take(String name, String owner) throws Exception {
                if (owner.equals("me")) {
                    // Refused, it is not known whether by itself: the client may have asked twice.
                    acquire(client, name, LEASE_SECONDS);
                    return true;
                }
                return isTaken(() -> acquire(client, name, LEASE_SECONDS));
            }

            @Override
            public boolean release(String name, String owner) throws Exception {
                return Main.release(client, name);
            }
        });
    }
}
