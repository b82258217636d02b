package io.lockgrid.statemachine.codec;

import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.EndedTicket.End;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.Outcome.Reason;
import io.lockgrid.statemachine.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One value of each kind that has bytes, by the name of its golden file. */
final class Samples {
    private static final LockName STOCK = new LockName("shop", "stock");
    /** One, two, three and four bytes a character in UTF-8. */
    private static final LockName UNICODE = new LockName("läger", "在庫🔒");

    private static final Holder ALICE = new Holder("dapr", "alice");
    private static final long WALL = 1_767_225_600_000L;
    private static final int FULL = Limits.WAITERS_PER_LOCK_MAX;
    private static final String HASH = "0123456789abcdef".repeat(4);

    /** How many kinds there were when the first entry and the first reply with one of each became golden. */
    private static final int FIRST_COMMANDS = 8;

    private static final int FIRST_OUTCOMES = 19;

    private Samples() {}

    static Map<String, Command> commands() {
        Map<String, Command> commands = new LinkedHashMap<>();
        commands.put("try-acquire", new Command.TryAcquire(STOCK, "t-1", ALICE, 10_000));
        commands.put(
                "enqueue",
                new Command.Enqueue(UNICODE, "t-2", new Holder("sfp", "bøb"), Limits.LEASE_MILLIS_MAX, FULL));
        commands.put("renew", new Command.Renew(STOCK, "t-1", 1));
        commands.put("release-ticket", new Command.ReleaseTicket(STOCK, "t-1"));
        commands.put("release-holder", new Command.ReleaseHolder(STOCK, ALICE));
        commands.put("clear", new Command.Clear(STOCK));
        commands.put("purge", new Command.Purge(10_000));
        commands.put("keyed", new Command.Keyed("key-1", -2, new Command.Enqueue(STOCK, "t-3", ALICE, 128, FULL)));
        commands.put("enqueue-bounded", new Command.Enqueue(STOCK, "t-4", ALICE, 1, 300));
        commands.put(
                "create-access-token", new Command.CreateAccessToken("ci", HASH, Role.OWNER, List.of("ci/*", "läger")));
        commands.put("revoke-access-token", new Command.RevokeAccessToken("bøb"));
        return commands;
    }

    static Map<String, Outcome> outcomes() {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        outcomes.put("granted", new Outcome.Granted("t-1", 300, 12_345, WALL));
        outcomes.put("queued", new Outcome.Queued("t-2", 50_000));
        outcomes.put("renewed", new Outcome.Renewed("t-1", 1, 127));
        for (End end : End.values()) {
            outcomes.put("released-" + end, new Outcome.Released("t-1", end));
        }
        outcomes.put("cleared", new Outcome.Cleared(50_001));
        outcomes.put("purged", new Outcome.Purged(10_000, 0));
        for (Reason reason : Reason.values()) {
            outcomes.put("refused-" + reason, new Outcome.Refused(reason));
        }
        outcomes.put("access-token-created", new Outcome.AccessTokenCreated("ci", WALL));
        outcomes.put("access-token-revoked", new Outcome.AccessTokenRevoked("bøb"));
        return outcomes;
    }

    static Batch batch(List<Command> commands) {
        return new Batch(0x0123_4567_89AB_CDEFL, 200, 199, commands);
    }

    static Map<String, Entry> entries() {
        Map<String, Entry> entries = new LinkedHashMap<>();
        entries.put("tick", new Entry(1_000, WALL, Optional.empty()));
        List<Command> commands = List.copyOf(commands().values());
        entries.put("batch", new Entry(2_000, -1, Optional.of(batch(commands.subList(0, FIRST_COMMANDS)))));
        entries.put(
                "batch-2", new Entry(2_000, -1, Optional.of(batch(commands.subList(FIRST_COMMANDS, commands.size())))));
        entries.put(
                "batches",
                new Entry(3_000, WALL, List.of(batch(commands.subList(0, 2)), batch(commands.subList(2, 3)))));
        return entries;
    }

    static ReplyCodec.Reply reply(List<Outcome> outcomes) {
        return new ReplyCodec.Reply(1_000_000, 3, 86_400_000, outcomes);
    }

    /** One reply for each golden file, by its name. */
    static Map<String, ReplyCodec.Reply> replies() {
        List<Outcome> outcomes = List.copyOf(outcomes().values());
        Map<String, ReplyCodec.Reply> replies = new LinkedHashMap<>();
        replies.put("reply", reply(outcomes.subList(0, FIRST_OUTCOMES)));
        replies.put("reply-2", reply(outcomes.subList(FIRST_OUTCOMES, outcomes.size())));
        return replies;
    }

    /** Everything that a snapshot can hold. */
    static LockSpace space() {
        Batch batch = new Batch(
                78,
                1,
                1,
                List.of(
                        new Command.CreateAccessToken("ci", HASH, Role.APPLICATION, List.of("ci/*", "läger")),
                        new Command.CreateAccessToken("bøb", HASH.replace('0', 'f'), Role.MEMBER, List.of()),
                        new Command.CreateAccessToken("gone", HASH.replace('0', 'e'), Role.OWNER, List.of()),
                        new Command.RevokeAccessToken("gone")));
        return spaceOfVersion1()
                .apply(new Entry(50, WALL + 50, Optional.of(batch)))
                .next();
    }

    /** All that version 1 could hold: held, queued, ended in each way, request keys, origins. */
    static LockSpace spaceOfVersion1() {
        LockSpace space = LockSpace.empty();
        long sequence = 0;
        for (List<Command> commands : List.of(
                List.<Command>of(
                        new Command.Enqueue(STOCK, "expires", ALICE, 10, FULL),
                        new Command.Enqueue(STOCK, "releases", ALICE, 1_000, FULL),
                        new Command.Enqueue(STOCK, "cancels", ALICE, 1_000, FULL)),
                List.<Command>of(
                        new Command.ReleaseTicket(STOCK, "cancels"),
                        new Command.Keyed("k", 7, new Command.Enqueue(STOCK, "is cleared", ALICE, 1_000, FULL))),
                List.<Command>of(new Command.ReleaseTicket(STOCK, "releases"), new Command.Clear(STOCK)),
                List.<Command>of(
                        new Command.Enqueue(STOCK, "holds", ALICE, 5_000, FULL),
                        new Command.Enqueue(STOCK, "waits first", new Holder("sfp", "bøb"), 1_000, FULL),
                        new Command.Keyed("k2", -1, new Command.Enqueue(STOCK, "waits second", ALICE, 1_000, FULL))))) {
            sequence++;
            Batch batch = new Batch(77, sequence, Math.max(1, sequence - 1), commands);
            space = space.apply(new Entry(10 * sequence, WALL + 10 * sequence, Optional.of(batch)))
                    .next();
        }
        return space;
    }
}
