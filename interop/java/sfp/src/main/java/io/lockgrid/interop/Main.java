package io.lockgrid.interop;

import static io.lockgrid.interop.Trial.LEASE_SECONDS;
import static io.lockgrid.interop.Trial.SHORT_SECONDS;
import static io.lockgrid.interop.Trial.check;

import io.lockgrid.interop.sfp.ApiClient;
import io.lockgrid.interop.sfp.ApiException;
import io.lockgrid.interop.sfp.api.LocksApi;
import io.lockgrid.interop.sfp.model.Lock;
import io.lockgrid.interop.sfp.model.Lock.StatusEnum;
import io.lockgrid.interop.sfp.model.MutexControllerQueueLockRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The client that openapi-generator writes from the published interface of sfp: {@code client.jar life|failover}. */
final class Main {
    /** With the slash of a repository's name. */
    private static final String REPOSITORY = "owner/" + Trial.namespace();

    private Main() {}

    /** Runs a trial. */
    public static void main(String[] arguments) {
        Trial.run(arguments, Map.of("life", Main::life, "failover", Main::failover));
    }

    private static LocksApi clientOf(String node) {
        return clientOf(node, Trial.token());
    }

    private static LocksApi clientOf(String node, String token) {
        ApiClient client = new ApiClient();
        client.updateBaseUri("http://" + node);
        if (token != null) {
            client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        }
        return new LocksApi(client);
    }

    private static void life() throws Exception {
        LocksApi me = clientOf(Trial.nodes().get(0));
        LocksApi you = clientOf(Trial.nodes().get(1));

        if (Trial.token() != null) {
            LocksApi stranger = clientOf(Trial.nodes().get(0), "wrong");
            ApiException refused = (ApiException) Trial.failureOf(() -> queue(stranger, "one", LEASE_SECONDS));
            check("a wrong token is refused", refused.getCode() == 401, refused);
        }
        String first = queue(me, "one", LEASE_SECONDS);
        Lock held = status(you, "one", first);
        check("a free lock is taken", held.getStatus() == StatusEnum.ACQUIRED && held.getLeaseStart() != null, held);
        check("its ticket can ask again whether it holds", acquire(me, "one", first), held);
        String second = queue(you, "one", LEASE_SECONDS);
        Lock waits = status(me, "one", second);
        check("another is queued", waits.getStatus() == StatusEnum.QUEUED, waits);
        check("it is the next in line", BigDecimal.ONE.equals(waits.getQueuePosition()), waits);
        check("it does not hold", !acquire(you, "one", second), waits);

        release(me, "one", first);
        check("what is released is over", status(you, "one", first).getStatus() == StatusEnum.RELEASED, first);
        check("the next in line holds", status(me, "one", second).getStatus() == StatusEnum.ACQUIRED, second);
        check("it is told so when it asks", acquire(you, "one", second), second);
        release(me, "one", first);
        check("to release twice is no error, and releases no other", acquire(you, "one", second), second);

        String third = queue(me, "one", LEASE_SECONDS);
        release(me, "one", third);
        check("who waits can leave", status(you, "one", third).getStatus() == StatusEnum.RELEASED, third);
        queue(me, "one", LEASE_SECONDS);
        me.mutexControllerClearAllLocks(REPOSITORY, "one");
        List<Lock> cleared = list(you, "one");
        check(
                "clear ends the holder and the line",
                cleared.size() == 4 && cleared.stream().allMatch(lock -> lock.getStatus() == StatusEnum.RELEASED),
                cleared);

        expiry(me, you);
        errors(me);
    }

    private static void expiry(LocksApi me, LocksApi you) throws Exception {
        String[] tickets = new String[2];
        Trial.expires(
                () -> {
                    tickets[0] = queue(me, "short", SHORT_SECONDS);
                    tickets[1] = queue(you, "short", LEASE_SECONDS);
                    return true;
                },
                () -> acquire(you, "short", tickets[1]));
        Lock ended = status(you, "short", tickets[0]);
        check("what expired is over", ended.getStatus() == StatusEnum.RELEASED, ended);
    }

    private static void errors(LocksApi client) throws Exception {
        ApiException unknown = (ApiException) Trial.failureOf(() -> status(client, "one", "no-such-ticket"));
        check("an unknown ticket is not found", unknown.getCode() == 404, unknown);
        check("the reason is shown", unknown.getResponseBody().contains("\"message\":\"Lock not found\""), unknown);
        ApiException lease = (ApiException) Trial.failureOf(() -> queue(client, "one", -1));
        check("a negative lease is refused", lease.getCode() == 400, lease);
        check(
                "its reason is shown",
                lease.getResponseBody().contains("leaseDurationSeconds must be a positive number"),
                lease);
        ApiException name = (ApiException) Trial.failureOf(() -> queue(client, "", LEASE_SECONDS));
        check("an empty name is refused", name.getCode() == 400, name);
    }

    /** The published interface gives the answer no schema, so its client finds the ticket in the list: the newest. */
    private static String queue(LocksApi client, String resource, int seconds) throws ApiException {
        client.mutexControllerQueueLock(new MutexControllerQueueLockRequest()
                .repository(REPOSITORY)
                .resource(resource)
                .leaseDurationSeconds(BigDecimal.valueOf(seconds)));
        List<Lock> live = live(client, resource);
        return live.get(live.size() - 1).getTicketId();
    }

    /** The holder, and after it the line. */
    private static List<Lock> live(LocksApi client, String resource) throws ApiException {
        return list(client, resource).stream()
                .filter(lock -> lock.getStatus() != StatusEnum.RELEASED)
                .toList();
    }

    private static List<Lock> list(LocksApi client, String resource) throws ApiException {
        return client.mutexControllerGetResourceLocks(REPOSITORY, resource);
    }

    private static Lock status(LocksApi client, String resource, String ticket) throws ApiException {
        return client.mutexControllerGetLockStatus(REPOSITORY, resource, ticket);
    }

    private static boolean acquire(LocksApi client, String resource, String ticket) throws ApiException {
        return client.mutexControllerAttemptLockAcquisition(REPOSITORY, resource, ticket)
                .getAcquired();
    }

    private static void release(LocksApi client, String resource, String ticket) throws ApiException {
        client.mutexControllerReleaseLock(REPOSITORY, resource, ticket);
    }

    private static void failover() throws Exception {
        Failover.ofOne(locksOf(Trial.nodes().getFirst()), locksOf(Trial.nodes().getLast()));
    }

    private static Failover.Locks locksOf(String node) {
        LocksApi client = clientOf(node);
        return new Failover.Locks() {
            /** Who does not hold at once leaves the line. */
            @Override
            public boolean take(String name, String owner) throws ApiException {
                String ticket = queue(client, name, LEASE_SECONDS);
                boolean taken = acquire(client, name, ticket);
                if (!taken) {
                    Main.release(client, name, ticket);
                }
                return taken;
            }

            @Override
            public boolean release(String name, String owner) throws ApiException {
                String holder = live(client, name).getFirst().getTicketId();
                Main.release(client, name, holder);
                return status(client, name, holder).getStatus() == StatusEnum.RELEASED;
            }
        };
    }
}
