package io.lockgrid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.lockgrid.testkit.LocalLockService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the Job Scheduler's own tests promise of its locks (LockServiceIT, GetLockMultiNodeRestIT,
 * ReleaseLockActionMultiNodeRestIT, SampleJobRunnerRestIT, RestGetAllLocksActionTests), of the API that answers here.
 * Not here: the deletion of a lock and what happens to the locks of a job that is deleted, since there are no jobs.
 */
class JobSchedulerSpecTest {
    private static final String P = "/_plugins/_job_scheduler";
    private static final long NOW = LocalLockService.WALL_START.getEpochSecond();

    private final LocalLockService locks = new LocalLockService();
    private TestApi api;

    @BeforeEach
    void start() throws Exception {
        api = TestApi.start(locks);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void anAcquiredLockIsAsItWasAskedFor() throws Exception {
        RawHttp.Response lock = acquire("index", "job", "10");
        assertThat(lock.status()).isEqualTo(200);
        assertThat(lock.body())
                .contains("\"lock_id\":\"index-job\"", "\"job_index_name\":\"index\"", "\"job_id\":\"job\"")
                .contains("\"lock_time\":" + NOW, "\"lock_duration_seconds\":10,\"released\":false");
        assertThat(isFree("index", "job")).isFalse();
        assertThat(release("index-job").body()).isEqualTo("{\"release-lock\":\"success\"}");
    }

    @Test
    void anIdOfOnesOwnChoiceIsTheJobsId() throws Exception {
        assertThat(acquire("index", "my own: id/1", "10").body())
                .contains("\"lock_id\":\"index-my own: id/1\"", "\"job_id\":\"my own: id/1\"");
    }

    @Test
    void aSecondAcquireOfAHeldLockGetsNothing() throws Exception {
        acquire("index", "job", "10");
        RawHttp.Response second = acquire("index", "job", "10");
        assertThat(second.status()).isEqualTo(500);
        assertThat(second.body()).isEmpty();
    }

    @Test
    void anIdThatIsTooLongIsRefusedInTheseWords() throws Exception {
        RawHttp.Response refused = acquire("index", "x".repeat(513), "10");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("is too long, must be no longer than 512 bytes");
        assertThat(locks.submissions()).isZero();
    }

    @Test
    void aReleasedLockCanBeAcquired() throws Exception {
        acquire("index", "job", "10");
        release("index-job");
        assertThat(acquire("index", "job", "10").status()).isEqualTo(200);
    }

    @Test
    void anExpiredLockIsTheSecondAcquirersAndTheFirstCannotReleaseIt() throws Exception {
        String first = version(acquire("index", "job", "10"));
        locks.advance(Duration.ofSeconds(10));
        String second = version(acquire("index", "job", "10"));
        assertThat(release("index-job?" + first).status()).isEqualTo(409);
        assertThat(isFree("index", "job")).isFalse();
        assertThat(release("index-job?" + second).status()).isEqualTo(200);
        assertThat(isFree("index", "job")).isTrue();
    }

    @Test
    void theReleaseOfAnUnknownLockIsAnsweredWhetherThereAreOthersOrNot() throws Exception {
        assertThat(release("index-job").status()).isEqualTo(500);
        acquire("index", "other", "10");
        assertThat(release("index-job").body()).isEqualTo("{\"release-lock\":\"failed\"}");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void ofThreeWhoAcquireAtOnceExactlyOneWins(boolean isExpired) throws Exception {
        for (int round = 0; round < 20; round++) {
            String job = "job" + round;
            if (isExpired) {
                acquire("index", job, "1");
                locks.advance(Duration.ofSeconds(1));
            }
            List<Integer> statuses = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
                List<Future<RawHttp.Response>> all = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    all.add(threads.submit(() -> acquire("index", job, "10")));
                }
                for (Future<RawHttp.Response> one : all) {
                    statuses.add(one.get().status());
                }
            }
            assertThat(statuses).containsExactlyInAnyOrder(200, 500, 500);
        }
    }

    @Test
    void aRenewalSetsTheTimeToNowAndLeavesTheDuration() throws Exception {
        String version = version(acquire("index", "job", "10"));
        locks.advance(Duration.ofSeconds(7));
        RawHttp.Response renewed = api.send("PUT " + P + "/_renew_lock/index-job?" + version, "");
        String model = "\"lock_time\":" + (NOW + 7) + ",\"lock_duration_seconds\":10,\"released\":false}";
        assertThat(renewed.body()).contains(model);
        assertThat(version(renewed)).isEqualTo(version);
        assertThat(list().body()).contains(model);
    }

    @Test
    void aDurationAsATextIsANumber() throws Exception {
        assertThat(acquire("index", "job", "\"30.0\"").body()).contains("\"lock_duration_seconds\":30,");
    }

    @Test
    void locksPassThroughDifferentNodesTenTimes() throws Exception {
        try (TestApi other = TestApi.start(locks)) {
            for (int i = 0; i < 10; i++) {
                TestApi taker = i % 2 == 0 ? api : other;
                TestApi giver = i % 2 == 0 ? other : api;
                String body = body("index", "job", "10");
                assertThat(taker.send("GET " + P + "/_lock", body, "Content-Type: application/json")
                                .body())
                        .contains("\"lock_id\":\"index-job\"");
                assertThat(giver.send("PUT " + P + "/_release_lock/index-job", "")
                                .body())
                        .isEqualTo("{\"release-lock\":\"success\"}");
            }
        }
    }

    @Test
    void anEmptyClusterHasNoLocks() throws Exception {
        assertThat(list().body()).isEqualTo("{\"total_locks\":0,\"locks\":{}}");
    }

    @Test
    void theListAndTheLockItselfAgreeBeforeAndAfterTheRelease() throws Exception {
        acquire("index", "job", "10");
        for (String released : new String[] {"false", "true"}) {
            assertThat(list().body())
                    .contains("\"released\":" + released)
                    .isEqualTo(api.send("GET " + P + "/api/locks/index-job", "").body());
            release("index-job");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/locks", "/api/locks/", "/api/locks/index-job"})
    void theRoutesOfTheListAreReadOnly(String route) throws Exception {
        assertThat(api.send("GET " + P + route, "").status()).isEqualTo(200);
        for (String method : new String[] {"POST", "PUT", "DELETE"}) {
            RawHttp.Response refused = api.send(method + " " + P + route, "");
            assertThat(refused.status()).isEqualTo(405);
            assertThat(refused.header("Allow")).contains("GET");
        }
        assertThat(api.send("GET " + P + "/api/locks/index-job/more", "").status())
                .isEqualTo(400);
    }

    private RawHttp.Response acquire(String index, String job, String duration) throws Exception {
        return api.send("GET " + P + "/_lock", body(index, job, duration), "Content-Type: application/json");
    }

    private static String body(String index, String job, String duration) {
        return "{\"job_index_name\":\"" + index + "\",\"job_id\":\"" + job + "\",\"lock_duration_seconds\":" + duration
                + "}";
    }

    private RawHttp.Response release(String idAndQuery) throws Exception {
        return api.send("PUT " + P + "/_release_lock/" + idAndQuery, "");
    }

    private RawHttp.Response list() throws Exception {
        return api.send("GET " + P + "/api/locks", "");
    }

    private boolean isFree(String index, String job) throws Exception {
        return api.send("GET " + P + "/api/locks/" + index + "-" + job, "")
                .body()
                .contains("\"released\":true");
    }

    /** As parameters of a release. */
    private static String version(RawHttp.Response acquired) {
        Matcher numbers =
                Pattern.compile("\"seq_no\":(\\d+),\"primary_term\":(\\d+)").matcher(acquired.body());
        assertThat(numbers.find()).as(acquired.body()).isTrue();
        return "if_seq_no=" + numbers.group(1) + "&if_primary_term=" + numbers.group(2);
    }
}
