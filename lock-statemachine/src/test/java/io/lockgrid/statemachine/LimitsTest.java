package io.lockgrid.statemachine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LimitsTest {
    private static final LockName LOCK = new LockName("ns", "lock");
    private static final Holder HOLDER = new Holder("dapr", "alice");

    @Test
    void namesHaveOneTo512BytesOfUtf8() {
        assertThat(Limits.isName("")).isFalse();
        assertThat(Limits.isName("x".repeat(512))).isTrue();
        assertThat(Limits.isName("x".repeat(513))).isFalse();
        assertThat(Limits.isName("ø".repeat(256))).isTrue();
        assertThat(Limits.isName("ø".repeat(256) + "x")).isFalse();
        assertThat(Limits.isName("在".repeat(170) + "xx")).isTrue();
        assertThat(Limits.isName("在".repeat(171))).isFalse();
        assertThat(Limits.isName("🔒".repeat(128))).isTrue();
        assertThat(Limits.isName("🔒".repeat(128) + "x")).isFalse();
        assertThat(Limits.isId("x".repeat(255))).isTrue();
        assertThat(Limits.isId("x".repeat(256))).isFalse();
    }

    @Test
    void aLoneSurrogateIsNoName() {
        assertThat(Limits.isName("a\uD83D")).isFalse();
        assertThat(Limits.isName("\uDD12a")).isFalse();
        assertThat(Limits.isName("\uDD12\uD83D")).isFalse();
        assertThat(Limits.isName("\uD83D\uDD12")).isTrue();
    }

    @Test
    void theLengthIsThatOfTheEncodedBytes() {
        Random random = new Random(5);
        for (int round = 0; round < 2_000; round++) {
            StringBuilder text = new StringBuilder();
            while (text.length() < random.nextInt(600)) {
                text.appendCodePoint(drawCodePoint(random));
            }
            int bytes = text.toString().getBytes(StandardCharsets.UTF_8).length;
            assertThat(Limits.isName(text.toString())).isEqualTo(bytes >= 1 && bytes <= 512);
        }
    }

    private static int drawCodePoint(Random random) {
        int point = random.nextInt(new int[] {0x80, 0x800, 0xD800, 0x110000}[random.nextInt(4)]);
        return point >= 0xD800 && point < 0xE000 ? 'x' : point;
    }

    @Test
    void aBadCommandCannotExist() {
        for (long lease : new long[] {0, -1, Limits.LEASE_MILLIS_MAX + 1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            isRefused(() -> new Command.TryAcquire(LOCK, "t", HOLDER, lease));
            isRefused(() -> new Command.Enqueue(LOCK, "t", HOLDER, lease, 1));
            isRefused(() -> new Command.Renew(LOCK, "t", lease));
        }
        for (String id : List.of("", "x".repeat(256), "\uD83D")) {
            isRefused(() -> new Command.TryAcquire(LOCK, id, HOLDER, 1));
            isRefused(() -> new Command.Enqueue(LOCK, id, HOLDER, 1, 1));
            isRefused(() -> new Command.Renew(LOCK, id, 1));
            isRefused(() -> new Command.ReleaseTicket(LOCK, id));
            isRefused(() -> new Command.Keyed(id, 0, new Command.Clear(LOCK)));
            isRefused(() -> new Holder(id, "alice"));
        }
        for (String name : List.of("", "x".repeat(513), "\uDD12")) {
            isRefused(() -> new LockName(name, "lock"));
            isRefused(() -> new LockName("ns", name));
            isRefused(() -> new Holder("dapr", name));
        }
        for (int waiters : new int[] {0, -1, Limits.WAITERS_PER_LOCK_MAX + 1}) {
            isRefused(() -> new Command.Enqueue(LOCK, "t", HOLDER, 1, waiters));
        }
        isRefused(() -> new Command.Purge(0));
        isRefused(() -> new Command.Purge(Command.Purge.ITEMS_MAX + 1));
    }

    @Test
    void aBadAccessTokenCannotExist() {
        String hash = "0123456789abcdef".repeat(4);
        for (String name : List.of("", "x".repeat(129), "\uD83D")) {
            isRefused(() -> new Command.CreateAccessToken(name, hash, Role.OWNER, List.of()));
            isRefused(() -> new AccessToken(name, hash, Role.OWNER, List.of(), 0));
            isRefused(() -> new Command.RevokeAccessToken(name));
        }
        for (String bad : List.of("", hash.substring(1), hash + "0", hash.toUpperCase(Locale.ROOT), hash + "\n")) {
            isRefused(() -> new Command.CreateAccessToken("ci", bad, Role.OWNER, List.of()));
            isRefused(() -> new AccessToken("ci", bad, Role.OWNER, List.of(), 0));
        }
        for (List<String> bad : List.of(
                List.of(""),
                List.of("x".repeat(513)),
                List.of("\uDD12"),
                Collections.nCopies(65, "*"),
                Collections.nCopies(64, "ø".repeat(32) + "x"))) {
            isRefused(() -> new Command.CreateAccessToken("ci", hash, Role.OWNER, bad));
            isRefused(() -> new AccessToken("ci", hash, Role.OWNER, bad, 0));
        }
        List<String> longest = Collections.nCopies(64, "ø".repeat(32));
        assertThat(new Command.CreateAccessToken("x".repeat(128), hash, Role.OWNER, longest).namespaces())
                .isEqualTo(longest);
    }

    @Test
    void aBadBatchCannotExist() {
        List<Command> one = List.of(new Command.Clear(LOCK));
        isRefused(() -> new Batch(1, 1, 0, one));
        isRefused(() -> new Batch(1, 1, 2, one));
        isRefused(() -> new Batch(1, 0, 0, one));
        isRefused(() -> new Batch(1, 65, 1, one));
        isRefused(() -> new Batch(1, 1, 1, List.of()));
        isRefused(() -> new Batch(1, 1, 1, Collections.nCopies(Limits.BATCH_COMMANDS_MAX + 1, one.getFirst())));
        assertThat(new Batch(1, 65, 2, Collections.nCopies(Limits.BATCH_COMMANDS_MAX, one.getFirst())).commands())
                .hasSize(Limits.BATCH_COMMANDS_MAX);
    }

    private static void isRefused(Runnable constructor) {
        assertThatIllegalArgumentException().isThrownBy(constructor::run);
    }
}
