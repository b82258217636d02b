package io.lockgrid.interop;

import static io.lockgrid.interop.Trial.LEASE_SECONDS;
import static io.lockgrid.interop.Trial.SHORT_SECONDS;

import io.dapr.client.DaprClient;
import io.dapr.client.DaprClientBuilder;
import io.dapr.client.DaprPreviewClient;
import io.dapr.client.domain.UnlockResponseStatus;
import io.dapr.exceptions.DaprException;
import java.util.Map;

/** The Dapr SDK: {@code client.jar http|grpc life|failover}. */
final class Main {
    private static final int SIDECAR_MILLIS_MAX = 10_000;
    private static final String STORE = Trial.namespace();

    private final boolean overHttp;

    private Main(boolean overHttp) {
        this.overHttp = overHttp;
    }

    /** Runs a trial. */
    public static void main(String[] arguments) {
        Main main = new Main(arguments[0].equals("http"));
        Trial.run(arguments, Map.of("life", main::life, "failover", main::failover));
    }

    private DaprPreviewClient clientOf(String node) {
        return clientOf(node, Trial.token());
    }

    private DaprPreviewClient clientOf(String node, String token) {
        configure(node, token);
        return new DaprClientBuilder().buildPreviewClient();
    }

    /** As its users do, by properties, which a client reads when it is built. */
    private void configure(String node, String token) {
        String[] hostAndPort = node.split(":");
        System.setProperty("dapr.sidecar.ip", hostAndPort[0]);
        System.setProperty("dapr.http.port", hostAndPort[1]);
        System.setProperty("dapr.grpc.port", hostAndPort[1]);
        System.setProperty("dapr.api.protocol", overHttp ? "HTTP" : "GRPC");
        if (token != null) {
            System.setProperty("dapr.api.token", token);
        }
    }

    private void life() throws Exception {
        if (Trial.token() != null) {
            DaprPreviewClient stranger = clientOf(Trial.nodes().get(0), "wrong");
            DaprException refused = (DaprException) Trial.failureOf(() -> tryLock(stranger, "one", "me"));
            boolean told = overHttp
                    ? refused.getHttpStatusCode() == 401
                    : refused.getErrorCode().equals("UNAUTHENTICATED");
            Trial.check("a wrong token is refused", told, refused);
            stranger.close();
        }
        DaprPreviewClient me = clientOf(Trial.nodes().get(0));
        DaprPreviewClient you = clientOf(Trial.nodes().get(1));
        try (DaprClient client = new DaprClientBuilder().build()) {
            client.waitForSidecar(SIDECAR_MILLIS_MAX).block();
            Trial.check("it is ready to a client that asks first", true, "");
        }

        expect("what was never locked does not exist", UnlockResponseStatus.LOCK_UNEXIST, unlock(me, "never", "me"));

        expect("a free lock is taken", true, tryLock(me, "one", "me"));
        expect("its own holder is refused it", false, tryLock(me, "one", "me"));
        expect("another is refused it, at another node", false, tryLock(you, "one", "you"));
        expect("another lock is free", true, tryLock(you, "two", "you"));

        expect("another cannot unlock it", UnlockResponseStatus.LOCK_BELONG_TO_OTHERS, unlock(you, "one", "you"));
        expect("its holder unlocks it", UnlockResponseStatus.SUCCESS, unlock(me, "one", "me"));
        expect("then it does not exist", UnlockResponseStatus.LOCK_UNEXIST, unlock(me, "one", "me"));

        Trial.expires(
                () -> me.tryLock(STORE, "short", "me", SHORT_SECONDS).block(), () -> tryLock(you, "short", "you"));
        expect(
                "the earlier holder cannot unlock it",
                UnlockResponseStatus.LOCK_BELONG_TO_OTHERS,
                unlock(me, "short", "me"));
        errors(me);
        me.close();
        you.close();
    }

    /** Names that are empty are refused by the SDK itself. */
    private void errors(DaprPreviewClient client) {
        DaprException expiry = (DaprException)
                Trial.failureOf(() -> client.tryLock(STORE, "one", "me", 0).block());
        checkError(
                expiry,
                overHttp ? "ERR_MALFORMED_REQUEST" : "INVALID_ARGUMENT",
                "ExpiryInSeconds is not positive in lock store " + STORE);
        DaprException bars = (DaprException) Trial.failureOf(() -> tryLock(client, "a||b", "me"));
        checkError(bars, overHttp ? "ERR_TRY_LOCK" : "INTERNAL", "can't contain '||'");
        DaprException free = (DaprException) Trial.failureOf(() -> unlock(client, "a||b", "me"));
        checkError(free, overHttp ? "ERR_UNLOCK" : "INTERNAL", "can't contain '||'");
    }

    private static void checkError(DaprException shown, String code, String text) {
        expect("an error is shown as " + code, code, shown.getErrorCode());
        Trial.check("its reason is shown: " + text, shown.getMessage().contains(text), shown);
    }

    private static void expect(String promise, Object expected, Object seen) {
        Trial.check(promise, expected.equals(seen), seen);
    }

    private static Boolean tryLock(DaprPreviewClient client, String resource, String owner) {
        return client.tryLock(STORE, resource, owner, LEASE_SECONDS).block();
    }

    private static UnlockResponseStatus unlock(DaprPreviewClient client, String resource, String owner) {
        return client.unlock(STORE, resource, owner).block();
    }

    private void failover() throws Exception {
        Failover.ofOne(locksOf(Trial.nodes().getFirst()), locksOf(Trial.nodes().getLast()));
    }

    private Failover.Locks locksOf(String node) {
        DaprPreviewClient client = clientOf(node);
        return new Failover.Locks() {
            @Override
            public boolean take(String name, String owner) {
                return tryLock(client, name, owner);
            }

            @Override
            public boolean release(String name, String owner) {
                return unlock(client, name, owner) == UnlockResponseStatus.SUCCESS;
            }
        };
    }
}
