package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.service.LockService;
import io.lockgrid.statemachine.service.SubmitException;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.workload.GridHttp;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What could not be decided is answered as such, in the shape of each family; never as a refusal, never as success. */
class FailingLogTest {
    private static final String LOCK = "{\"resourceId\":\"r\",\"lockOwner\":\"o\",\"expiryInSeconds\":1}";
    private static final String QUEUE = "{\"repository\":\"a\",\"resource\":\"b\",\"leaseDurationSeconds\":1}";
    private static final String ACQUIRE = "{\"job_index_name\":\"i\",\"job_id\":\"j\",\"lock_duration_seconds\":1}";
    private static final String JSON = "Content-Type: application/json";
    private static final HttpTimeouts HASTY = new HttpTimeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(60),
            Duration.ofMillis(200));

    @Test
    void aCommandThatWasNotSentIsSafeToTryAgain() throws Exception {
        LockService locks = ScriptedLockService.failing(new SubmitException.NotSent("no leader is known"));
        String text = "no leader is known; nothing was changed, it is safe to try again";
        try (TestApi api = TestApi.start(locks)) {
            checkEachFamily(api, text, Operation.Outcome.NOT_SENT);
            assertThat(api.send("POST /v1.0-alpha1/lock/s", LOCK).header("Retry-After"))
                    .isEmpty();
        }
    }

    @Test
    void aCommandOfUnknownOutcomeIsNotSafeToTryAgain() throws Exception {
        LockService locks = ScriptedLockService.failing(
                new CompletionException(new SubmitException.OutcomeUnknown("the leader went away")));
        String text = "the leader went away; it is not known whether it took effect, look before trying again";
        try (TestApi api = TestApi.start(locks)) {
            checkEachFamily(api, text, Operation.Outcome.UNKNOWN);
        }
    }

    @Test
    void anOverloadedNodeSaysWhenToComeBack() throws Exception {
        LockService locks = ScriptedLockService.failing(new SubmitException.Overloaded("too much is waiting"));
        try (TestApi api = TestApi.start(locks)) {
            checkEachFamily(
                    api,
                    "too much is waiting; nothing was changed, try again after a pause",
                    Operation.Outcome.NOT_SENT);
            assertThat(api.send("POST /v1.0-alpha1/lock/s", LOCK).header("Retry-After"))
                    .contains("1");
            assertThat(api.send("POST /sfp/api/locks", QUEUE, JSON).header("Retry-After"))
                    .contains("1");
            assertThat(api.send("GET /_plugins/_job_scheduler/_lock", ACQUIRE, JSON)
                            .header("Retry-After"))
                    .contains("1");
        }
    }

    @Test
    void aForgottenBatchMayHaveBeenAppliedBefore() throws Exception {
        LockService.Answer forgotten =
                new LockService.Answer(new Outcome.Refused(Outcome.Reason.BATCH_FORGOTTEN), 7, 1, 0);
        LockService locks = ScriptedLockService.answering(CompletableFuture.completedFuture(forgotten));
        try (TestApi api = TestApi.start(locks)) {
            RawHttp.Response response = api.send("POST /v1.0-alpha1/lock/s", LOCK);
            assertThat(response.status()).isEqualTo(503);
            assertThat(response.body()).contains("it is not known whether it took effect");
        }
    }

    @Test
    void aLogThatNeverAnswersIsGivenUpWithinTheBound() throws Exception {
        try (TestApi api = TestApi.start(TestApi.CONFIG.withTimeouts(HASTY), ScriptedLockService.silent())) {
            assertThat(api.send("POST /v1.0-alpha1/unlock/s", LOCK).body())
                    .isEqualTo("{\"errorCode\":\"ERR_UNLOCK\",\"message\":\"failed to release lock: no answer from the"
                            + " replicated log within 200 ms; it is not known whether it took effect, look before"
                            + " trying again\"}");
            // A read changes nothing, so it may always be tried again.
            assertThat(api.send("GET /sfp/api/locks/a/b", "").body())
                    .contains("within 200 ms; nothing was changed, it is safe to try again");
        }
    }

    @Test
    void aCommandThatIsInTheLogIsNotSaidToHaveChangedNothing() throws Exception {
        var queued = new LockService.Answer(new Outcome.Queued("t1", 1), Long.MAX_VALUE, 1, 0);
        LockService locks = ScriptedLockService.answering(CompletableFuture.completedFuture(queued));
        try (TestApi api = TestApi.start(TestApi.CONFIG.withTimeouts(HASTY), locks)) {
            // What it was queued as is read afterwards, and nobody answers that.
            assertThat(api.send("POST /sfp/api/locks", QUEUE, JSON).body())
                    .isEqualTo(
                            "{\"message\":\"what came of it could not be looked up (no answer from the replicated log"
                                    + " within 200 ms); it is not known whether it took effect, look before trying"
                                    + " again\",\"error\":\"Service Unavailable\",\"statusCode\":503}");
        }
    }

    @Test
    void aDefectIsAnErrorOfTheServerInEachShape() throws Exception {
        try (TestApi api = TestApi.start(ScriptedLockService.throwing(new IllegalStateException("for this test")))) {
            RawHttp.Response dapr = api.send("POST /v1.0-alpha1/lock/s", LOCK);
            assertThat(dapr.status()).isEqualTo(500);
            assertThat(dapr.body())
                    .startsWith("{\"errorCode\":\"ERR_TRY_LOCK\"")
                    .doesNotContain("for this test");
            RawHttp.Response sfp = api.send("POST /sfp/api/locks", QUEUE, JSON);
            assertThat(sfp.status()).isEqualTo(500);
            assertThat(sfp.body()).isEqualTo("{\"statusCode\":500,\"message\":\"Internal server error\"}");
            RawHttp.Response openSearch = api.send("GET /_plugins/_job_scheduler/api/locks", "");
            assertThat(openSearch.status()).isEqualTo(500);
            assertThat(openSearch.body()).startsWith("{\"error\":{\"root_cause\":[{\"type\":\"exception\"");
        }
    }

    /** @param known what the fault suite takes such an answer for */
    private static void checkEachFamily(TestApi api, String text, Operation.Outcome known) throws Exception {
        check(
                api.send("POST /v1.0-alpha1/lock/s", LOCK),
                "{\"errorCode\":\"ERR_TRY_LOCK\",\"message\":\"failed to try acquiring lock: " + text + "\"}",
                known);
        check(
                api.send("POST /v1.0-alpha1/unlock/s", LOCK),
                "{\"errorCode\":\"ERR_UNLOCK\",\"message\":\"failed to release lock: " + text + "\"}",
                known);
        String nest = "{\"message\":\"" + text + "\",\"error\":\"Service Unavailable\",\"statusCode\":503}";
        check(api.send("POST /sfp/api/locks", QUEUE, JSON), nest, known);
        check(api.send("GET /sfp/api/locks/a/b", ""), nest, known);
        check(api.send("GET /sfp/api/locks/a/b/t", ""), nest, known);
        check(api.send("POST /sfp/api/locks/a/b/t/acquire", ""), nest, known);
        check(api.send("DELETE /sfp/api/locks/a/b/t", ""), nest, known);
        check(api.send("DELETE /sfp/api/locks/a/b", ""), nest, known);
        String type = "\"type\":\"cluster_block_exception\",\"reason\":\"" + text + "\"";
        String block = "{\"error\":{\"root_cause\":[{" + type + "}]," + type + "},\"status\":503}";
        check(api.send("GET /_plugins/_job_scheduler/_lock", ACQUIRE, JSON), block, known);
        check(api.send("GET /_plugins/_job_scheduler/api/locks", ""), block, known);
        check(api.send("GET /_plugins/_job_scheduler/api/locks/i-j", ""), block, known);
        check(api.send("PUT /_plugins/_job_scheduler/_release_lock/i-j", ""), block, known);
    }

    private static void check(RawHttp.Response response, String body, Operation.Outcome known) {
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.body()).isEqualTo(body);
        assertThat(response.header("LockGrid-Index")).isEmpty();
        assertThat(new GridHttp.Reply(503, -1, -1, 0, response.body()).failure())
                .isEqualTo(known);
    }
}
