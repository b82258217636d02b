package io.lockgrid.bench.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.function.LongSupplier;

/** How long the replicated log is, as a node of LockGrid tells in its status. */
public final class LogIndex implements LongSupplier {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    public LogIndex(URI server) {
        this.request = HttpRequest.newBuilder(server.resolve("/v1/status"))
                .timeout(Duration.ofSeconds(5))
                .build();
    }

    /** The index of the last entry that the node applied; -1 if the server does not tell, as others than LockGrid. */
    @Override
    public long getAsLong() {
        try {
            return JSON.readTree(
                            client.send(request, BodyHandlers.ofByteArray()).body())
                    .path("appliedIndex")
                    .asLong(-1);
        } catch (IOException e) {
            return -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
