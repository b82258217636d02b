package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Lock;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.service.SubmitException;
import io.lockgrid.testkit.LocalLockService;
import io.lockgrid.testkit.cluster.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that would rather wait ({@code Prefer: wait=N}) than ask again and again, over a socket. */
@Timeout(60)
class SfpWaitTest {
    private static final LockName DEV = new LockName("o/r", "dev");
    private static final String PATH = "/sfp/api/locks/o%2Fr/dev/";
    private static final String QUEUE = "{\"repository\":\"o/r\",\"resource\":\"dev\",\"leaseDurationSeconds\":60}";
    private static final String JSON = "Content-Type: application/json";
    private static final String LONG = "Prefer: wait=20";
    private static final String SHORT = "Prefer: wait=1";
    private static final String ACQUIRED = "{\"acquired\":true,\"message\":\"Lock acquired\"}";
    private static final String QUEUED = "{\"acquired\":false,\"message\":\"Lock request is queued at position 1\"}";
    private static final byte[] NOTHING = {};

    private final LocalLockService locks = new LocalLockService();

    /** A ticket that holds, and {@code b} and {@code c} behind it. */
    private void queueThree() {
        for (String ticket : List.of("a", "b", "c")) {
            locks.submit(new Command.Enqueue(DEV, ticket, new Holder("sfp", "ci"), 60_000, 10));
        }
    }

    private void release(String ticket) {
        locks.submit(new Command.ReleaseTicket(DEV, ticket));
    }

    private void awaitWaits(int count) {
        Await.until(() -> locks.waits() == count, Duration.ofSeconds(20), () -> locks.waits() + " wait, not " + count);
    }

    private static RawHttp acquire(TestApi api, String ticket, String prefer) throws Exception {
        return api.connect().request("POST " + PATH + ticket + "/acquire", List.of(prefer), NOTHING);
    }

    private static RawHttp get(TestApi api, String ticket, String prefer) throws Exception {
        return api.connect().request("GET " + PATH + ticket, List.of(prefer), NOTHING);
    }

    @Test
    void allWhoWaitForATicketAreAnsweredByItsGrantAndNothingIsReadForThat() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp acquire = acquire(api, "b", LONG);
                RawHttp again = acquire(api, "b", LONG);
                RawHttp status = get(api, "b", LONG);
                RawHttp next = acquire(api, "c", LONG)) {
            awaitWaits(4);
            int reads = locks.reads();
            locks.advance(Duration.ofSeconds(5));
            release("a");

            for (RawHttp one : List.of(acquire, again)) {
                RawHttp.Response response = one.response();
                assertThat(response.body()).isEqualTo(ACQUIRED);
                assertThat(response.header("LockGrid-Fencing-Token")).contains("2");
                assertThat(response.header("LockGrid-Index")).contains("5");
                assertThat(response.header("LockGrid-Cluster-Time")).contains("5000");
                assertThat(response.header("Preference-Applied")).contains("wait=20");
            }
            assertThat(status.response().body())
                    .contains("\"status\":\"acquired\"")
                    .contains("\"leaseRemainingSeconds\":60");
            awaitWaits(1);
            assertThat(locks.reads()).isEqualTo(reads);
            release("b");
            assertThat(next.response().header("LockGrid-Fencing-Token")).contains("3");
        }
    }

    @Test
    void anExpiryEndsAWaitAsAReleaseDoes() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp http = acquire(api, "b", LONG)) {
            awaitWaits(1);
            locks.advance(Duration.ofSeconds(60));
            assertThat(http.response().body()).isEqualTo(ACQUIRED);
        }
    }

    @Test
    void aTicketThatEndsInTheQueueIsNotWaitedForAnyLonger() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp cancelled = acquire(api, "b", LONG);
                RawHttp cleared = get(api, "c", LONG)) {
            awaitWaits(2);
            release("b");
            assertThat(cancelled.response().body()).contains("it was cancelled while it was queued");
            awaitWaits(1);
            locks.submit(new Command.Clear(DEV));
            assertThat(cleared.response().body()).contains("\"endReason\":\"cleared\"");
        }
    }

    @Test
    void whoHasWaitedLongEnoughIsToldHowItStandsByThen() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp acquire = acquire(api, "c", SHORT)) {
            awaitWaits(1);
            release("b");
            int reads = locks.reads();
            RawHttp.Response response = acquire.response();
            assertThat(response.body()).isEqualTo(QUEUED);
            assertThat(response.header("Preference-Applied")).contains("wait=1");
            assertThat(response.header("LockGrid-Index")).contains("4");
            assertThat(locks.reads()).isEqualTo(reads + 1);
            awaitWaits(0);
        }
    }

    @Test
    void aQueueCallIsAnsweredWhenItsTicketHolds() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp http = queue(api, LONG)) {
            awaitWaits(1);
            locks.submit(new Command.Clear(DEV));
            RawHttp.Response ended = http.response();
            assertThat(ended.status()).isEqualTo(201);
            assertThat(ended.body()).contains("\"endReason\":\"cleared\"");
            http.request("POST /sfp/api/locks", List.of(JSON, LONG), bytes(QUEUE));
            RawHttp.Response free = http.response();
            assertThat(free.body()).contains("\"status\":\"acquired\"");
            assertThat(free.header("Preference-Applied")).contains("wait=20");

            http.request("POST /sfp/api/locks", List.of(JSON, LONG), bytes(QUEUE));
            awaitWaits(1);
            release(ticketIn(free.body()));
            RawHttp.Response granted = http.response();
            assertThat(granted.status()).isEqualTo(201);
            assertThat(granted.body())
                    .contains("\"status\":\"acquired\"")
                    .contains("\"fencingToken\":3")
                    .contains("\"leaseRemainingSeconds\":60");
            assertThat(granted.header("LockGrid-Fencing-Token")).contains("3");
        }
    }

    private static RawHttp queue(TestApi api, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(JSON);
        return api.connect().request("POST /sfp/api/locks", all, bytes(QUEUE));
    }

    private static String ticketIn(String body) {
        return ApiDescription.parse(body).path("ticketId").asText();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aClientThatHasGoneWaitsNoLongerAndItsTicketStays() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp http = acquire(api, "b", LONG);
                RawHttp2 streams = new RawHttp2(api.api.port())) {
            awaitWaits(1);
            http.endByClient();
            awaitWaits(0);

            streams.get(1, PATH + "b", LONG).get(3, PATH + "c", LONG);
            awaitWaits(2);
            streams.reset(1);
            awaitWaits(1);
            release("a");
            release("b");
            assertThat(streams.next(RawHttp2.HEADERS).stream()).isEqualTo(3);
        }
    }

    @Test
    void aClientThatHasGoneBeforeItKnowsItsTicketLosesItUnlessAKeyNamesIt() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp unnamed = queue(api, LONG);
                RawHttp named = queue(api, LONG, "Idempotency-Key: k")) {
            awaitWaits(2);
            assertThat(waiters()).isEqualTo(4);
            unnamed.endByClient();
            named.endByClient();
            awaitWaits(0);
            Await.until(() -> waiters() == 3, Duration.ofSeconds(20), () -> waiters() + " tickets wait");

            locks.submit(new Command.Clear(DEV));
            try (RawHttp again = queue(api, LONG, "Idempotency-Key: k")) {
                assertThat(again.response().body()).contains("\"endReason\":\"cleared\"");
            }
        }
    }

    private int waiters() {
        return locks.status().space().lock(DEV).map(Lock::waiters).orElseThrow().size();
    }

    @Test
    void thoseWhoWaitTakeNoPlaceOfARequestInFlight() throws Exception {
        queueThree();
        HttpLimits limits = new HttpLimits(100, 1024, 1024, 100, 1);
        try (TestApi api = TestApi.start(TestApi.CONFIG.withLimits(limits), locks);
                RawHttp waiting = acquire(api, "b", LONG)) {
            awaitWaits(1);
            assertThat(api.send("GET " + PATH + "c", "").status()).isEqualTo(200);
            // As many may wait as may be in flight.
            RawHttp.Response tooMany = api.send("GET " + PATH + "c", "", LONG);
            assertThat(tooMany.status()).isEqualTo(503);
            assertThat(tooMany.header("Retry-After")).contains("1");
            // A ticket that has been made is told of.
            RawHttp.Response queued = api.send("POST /sfp/api/locks", QUEUE, JSON, LONG);
            assertThat(queued.status()).isEqualTo(201);
            assertThat(queued.body()).contains("\"queuePosition\":3");
            assertThat(queued.header("Preference-Applied")).isEmpty();

            release("a");
            assertThat(waiting.response().body()).isEqualTo(ACQUIRED);
            assertThat(api.send("GET " + PATH + "c", "", SHORT).status()).isEqualTo(200);
            assertThat(api.send("GET " + PATH + "c", "").status()).isEqualTo(200);
        }
    }

    @Test
    void aWaitEndsBeforeItsConnectionIsIdleTooLong() throws Exception {
        queueThree();
        HttpTimeouts timeouts =
                HttpTimeouts.DEFAULT.with(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(3));
        try (TestApi api = TestApi.start(TestApi.CONFIG.withTimeouts(timeouts), locks);
                RawHttp http = acquire(api, "b", "Prefer: wait=3600")) {
            RawHttp.Response response = http.response();
            assertThat(response.body()).isEqualTo(QUEUED);
            assertThat(response.header("Preference-Applied")).contains("wait=1");
        }
    }

    @Test
    void aNodeThatStopsSendsThoseWhoWaitToAnother() throws Exception {
        queueThree();
        try (TestApi api = TestApi.start(locks);
                RawHttp acquire = acquire(api, "b", LONG);
                RawHttp queue = queue(api, LONG)) {
            awaitWaits(2);
            locks.endWaits(new SubmitException.NotSent("this node is stopping"));
            RawHttp.Response response = acquire.response();
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("this node is stopping; nothing was changed, it is safe to try again");
            RawHttp.Response queued = queue.response();
            assertThat(queued.status()).isEqualTo(201);
            assertThat(queued.body()).contains("\"queuePosition\":3");
        }
    }
}
