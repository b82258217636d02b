package io.lockgrid.bench.wire;

import io.netty.handler.codec.http.HttpMethod;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server locks of sfp: queue, ask whether it is one's turn, release. */
public final class SfpClient implements LockClient {
    private static final String LOCKS = "/sfp/api/locks";
    private static final String REPOSITORY = "bench";
    /** Shorter than the connection's patience, and than what the server allows. */
    private static final int WAIT_SECONDS = 20;

    private static final Pattern POSITION = Pattern.compile("queued at position (\\d+)");

    private final HttpConnection connection;

    public SfpClient(HttpConnection connection) {
        this.connection = connection;
    }

    /**
     * A place in line.
     *
     * @param ticket its name
     * @param position 0 if it holds, else its place among those who wait, from 1
     * @param token the fencing token, if it holds
     */
    public record Place(String ticket, int position, long token) {}

    /** Takes the lock or joins its queue. */
    public CompletableFuture<Place> queue(String lock, double leaseSeconds) {
        String body = "{\"repository\":\"" + REPOSITORY + "\",\"resource\":\"" + lock + "\",\"leaseDurationSeconds\":"
                + leaseSeconds + "}";
        return connection.send(HttpMethod.POST, LOCKS, body).thenApply(answer -> {
            Answers.check("queue", answer, 201);
            String ticket = String.valueOf(Answers.member(answer, "ticketId"));
            String position = Answers.member(answer, "queuePosition");
            return new Place(ticket, position == null ? 0 : Integer.parseInt(position), Answers.token(answer));
        });
    }

    /** Waits for a ticket's turn; it may still be queued when that took so long that it has to be asked again. */
    public CompletableFuture<Place> await(String lock, String ticket) {
        return connection
                .sendAndWait(HttpMethod.POST, path(lock, ticket) + "/acquire", WAIT_SECONDS)
                .thenApply(answer -> {
                    Answers.check("wait", answer, 200);
                    long token = Answers.token(answer);
                    if (token > 0) {
                        return new Place(ticket, 0, token);
                    }
                    Matcher position = POSITION.matcher(answer.text());
                    Answers.check("wait: ticket ended", position.find());
                    return new Place(ticket, Integer.parseInt(position.group(1)), 0);
                });
    }

    /** Reads where a ticket stands, linearizably. */
    public CompletableFuture<?> status(String lock, String ticket) {
        return connection.send(HttpMethod.GET, path(lock, ticket), null).thenAccept(answer -> {
            Answers.check("read", answer, 200);
        });
    }

    /** Ends a ticket. */
    public CompletableFuture<?> release(String lock, String ticket) {
        return connection.send(HttpMethod.DELETE, path(lock, ticket), null).thenAccept(answer -> {
            Answers.check("release", answer, 200);
            Answers.check("release: refused", answer.text().startsWith("{\"released\":true"));
        });
    }

    @Override
    public CompletableFuture<Grant> acquire(String lock, String owner, int leaseSeconds) {
        return queue(lock, leaseSeconds).thenApply(place -> {
            Answers.check("acquire: queued", place.position() == 0);
            return new Grant(lock, owner, place.ticket(), place.token());
        });
    }

    @Override
    public CompletableFuture<?> release(Grant grant) {
        return release(grant.lock(), grant.ticket());
    }

    private static String path(String lock, String ticket) {
        return LOCKS + "/" + REPOSITORY + "/" + lock + "/" + ticket;
    }
}
