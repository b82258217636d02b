package io.lockgrid.testkit.simulation;

import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Holder;
import io.lockgrid.statemachine.Limits;
import io.lockgrid.statemachine.LockName;
import io.lockgrid.statemachine.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The steps of a run, all of them drawn from its seed before it begins. What is likely differs from seed to seed, so
 * that some runs are full of restarts, others of waiting, others of nothing but queues.
 */
final class Workload {
    static final int NODES = 3;

    /** Lengths that meet: sums of a few of them are equal, so that things become due at the very same millisecond. */
    private static final long[] MILLIS = {1, 10, 10, 20, 50, 100, 100, 1_000, 10_000, 60_000};

    private static final List<Role> ROLES = List.of(Role.values());

    private static final long ELEVEN_MINUTES = 660_000;

    private final Random random;
    private final List<Step> steps = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private final int locks;
    private final int faults;
    private final int waits;

    private record Asked(LockName lock, String ticket, Holder holder) {}

    private Workload(long seed) {
        random = new Random(seed);
        locks = 1 + random.nextInt(3);
        faults = random.nextInt(40);
        waits = 5 + random.nextInt(30);
    }

    static List<Step> of(long seed, int length) {
        Workload workload = new Workload(seed);
        while (workload.steps.size() < length) {
            workload.add();
        }
        return workload.steps;
    }

    private void add() {
        int draw = random.nextInt(100);
        if (draw < faults) {
            steps.add(fault());
        } else if (draw < faults + waits) {
            steps.add(new Step.Wait(oneIn(40) ? ELEVEN_MINUTES : millis()));
            if (oneIn(2)) {
                steps.add(new Step.Tick());
            }
        } else {
            int node = random.nextInt(NODES);
            steps.add(new Step.Send(node, commands()));
            if (!oneIn(4)) {
                steps.add(new Step.Deliver(node, random.nextInt(Sender.UNANSWERED_MAX), delay(), oneIn(6)));
            }
        }
    }

    private Step fault() {
        return switch (random.nextInt(13)) {
            case 0, 1 -> new Step.Deliver(random.nextInt(NODES), random.nextInt(8), delay(), true);
            case 2, 3 -> new Step.DeliverAgain(random.nextInt(1_000));
            case 4, 5 -> new Step.Elect();
            case 6 -> new Step.SetWallClock(random.nextInt(3) * 1_000_000_000_000L);
            case 7 -> new Step.RestartNode(random.nextInt(NODES));
            case 8 -> new Step.RestoreLeader();
            case 9 -> new Step.KeepSnapshot();
            case 10 -> new Step.CutFollower();
            case 11 -> new Step.FollowByLog();
            default -> new Step.FollowBySnapshot();
        };
    }

    private List<Command> commands() {
        List<Command> commands = new ArrayList<>();
        do {
            Command command = command();
            commands.add(
                    oneIn(8) ? new Command.Keyed("key" + random.nextInt(4), random.nextInt(8) / 7, command) : command);
        } while (oneIn(3));
        return commands;
    }

    private Command command() {
        Asked about = known();
        return switch (random.nextInt(22)) {
            case 0, 1, 2 -> {
                Asked next = ask();
                yield new Command.TryAcquire(next.lock, next.ticket, next.holder, millis());
            }
            case 3, 4, 5, 6, 7, 8, 9 -> {
                Asked next = ask();
                yield new Command.Enqueue(next.lock, next.ticket, next.holder, millis(), waitersMax());
            }
            case 10, 11 -> new Command.Renew(about.lock, about.ticket, millis());
            case 12, 13, 14, 15 -> new Command.ReleaseTicket(about.lock, about.ticket);
            case 16, 17 -> new Command.ReleaseHolder(about.lock, oneIn(2) ? about.holder : holder());
            case 18 -> oneIn(2) ? new Command.Clear(about.lock) : new Command.ReleaseTicket(lock(), about.ticket);
            case 19 -> new Command.Purge(oneIn(2) ? 1 : Command.Purge.ITEMS_MAX);
            case 20 -> new Command.RevokeAccessToken(accessToken());
            default -> {
                // Few enough hashes that two tokens are at times created with the same.
                String hash = "%064x".formatted(random.nextInt(64));
                Role role = ROLES.get(random.nextInt(ROLES.size()));
                List<String> namespaces = oneIn(2) ? List.of() : List.of("ci/*", "prod");
                yield new Command.CreateAccessToken(accessToken(), hash, role, namespaces);
            }
        };
    }

    /** A new request, or one whose ticket id was used before. */
    private Asked ask() {
        Asked next = oneIn(12) ? known() : new Asked(lock(), "t" + (asked.size() + 1), holder());
        asked.add(next);
        return next;
    }

    /** One of the tickets asked for lately, which are likely to be open. */
    private Asked known() {
        return asked.isEmpty()
                ? new Asked(lock(), "t0", holder())
                : asked.get(Math.max(0, asked.size() - 1 - random.nextInt(6)));
    }

    private String accessToken() {
        return "access" + random.nextInt(4);
    }

    private int waitersMax() {
        return oneIn(4) ? 1 + random.nextInt(3) : Limits.WAITERS_PER_LOCK_MAX;
    }

    private LockName lock() {
        return new LockName("ns", "lock" + (1 + random.nextInt(locks)));
    }

    private Holder holder() {
        return new Holder(oneIn(2) ? "dapr" : "sfp", oneIn(2) ? "alice" : "bob");
    }

    private long delay() {
        return oneIn(3) ? millis() : 0;
    }

    private long millis() {
        return MILLIS[random.nextInt(MILLIS.length)];
    }

    private boolean oneIn(int n) {
        return random.nextInt(n) == 0;
    }
}
