package io.lockgrid.testkit.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockgrid.testkit.history.Claim;
import io.lockgrid.testkit.history.Ending;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Listing;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/** Looks at the locks from outside: who holds and waits in which order, and what became of each ticket. */
public final class Observer {
    private static final int ASKED_AT_ONCE = 32;
    private static final String NAME = "observer";

    private final GridHttp http;
    private final History history;

    /** Looks through these requests, and records in this history. */
    public Observer(GridHttp http, History history) {
        this.http = http;
        this.history = history;
    }

    /** Records a lock as any node shows it. Returns whether it is held or waited for; true if nobody answers. */
    public boolean isBusy(String lockName) {
        long invokedNanos = System.nanoTime();
        Reply reply = http.any("GET", SfpClient.LOCKS + "/" + LockClient.NAMESPACE + "/" + lockName, "");
        if (reply.isFailure()) {
            return true;
        }
        List<Listing.Seat> seats = new ArrayList<>();
        for (JsonNode lock : reply.json()) {
            if (!lock.path("status").asText().equals("released")) {
                seats.add(new Listing.Seat(
                        lock.path("ticketId").asText(),
                        lock.path("requestedBy").asText(),
                        lock.path("fencingToken").asLong(),
                        lock.path("queuePosition").asInt()));
            }
        }
        history.add(new Listing(
                LockClient.lock(lockName),
                SfpClient.FAMILY,
                NAME,
                invokedNanos,
                System.nanoTime(),
                reply.index(),
                reply.clusterTimeMillis(),
                !seats.isEmpty(),
                true,
                seats));
        return !seats.isEmpty();
    }

    /** Records whether a lock is held, as any node shows it to a client of OpenSearch. */
    void lookThroughOpenSearch(String lockName) {
        long invokedNanos = System.nanoTime();
        String id = LockClient.NAMESPACE + "-" + lockName;
        Reply reply = http.any("GET", "/_plugins/_job_scheduler/api/locks/" + id, "");
        if (reply.isFailure()) {
            return;
        }
        JsonNode lock = reply.json().path("locks").path(id);
        boolean held = lock.has("released") && !lock.path("released").booleanValue();
        history.add(new Listing(
                LockClient.lock(lockName),
                OpenSearchClient.FAMILY,
                NAME,
                invokedNanos,
                System.nanoTime(),
                reply.index(),
                reply.clusterTimeMillis(),
                held,
                false,
                List.of()));
    }

    /** Asks what became of every ticket that was handed out, and records it. */
    public void recordEndings() {
        try (ExecutorService threads = Executors.newFixedThreadPool(ASKED_AT_ONCE)) {
            for (Claim claim : history.claims()) {
                String lockName = LockClient.nameOf(claim);
                claim.tickets().forEach(ticket -> threads.execute(() -> history.add(ending(lockName, ticket))));
            }
        }
    }

    /** What any node says of a ticket. */
    public Ending ending(String lockName, String ticket) {
        AtomicReference<Reply> answer = new AtomicReference<>();
        Pace.untilDone(
                () -> {
                    answer.set(http.any("GET", SfpClient.path(lockName, ticket), ""));
                    return !answer.get().isFailure();
                },
                "status of " + ticket);
        if (answer.get().status() == 404) {
            return new Ending(ticket, "", "", 0);
        }
        JsonNode lock = answer.get().json();
        return new Ending(
                ticket,
                lock.path("status").asText(),
                lock.path("endReason").asText(),
                lock.path("fencingToken").asLong());
    }
}
