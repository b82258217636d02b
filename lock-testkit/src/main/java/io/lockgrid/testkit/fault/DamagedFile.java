package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.FinishedCommand;
import io.lockgrid.testkit.log.FileDamage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A file of a stopped node is damaged, and the node started. If it refuses, it is repaired; if it cannot be, it stays
 * away for the rest of the run, since it may have forgotten what it told others that it has.
 */
final class DamagedFile implements Fault {
    private final Kind kind;

    DamagedFile(Kind kind) {
        this.kind = kind;
    }

    /** What is damaged. */
    enum Kind {
        /** The end of the log, as in a node that lost its power while it wrote. */
        TORN_LOG {
            @Override
            String damage(Path data, Random random) {
                return FileDamage.tearTail(data, random);
            }
        },
        /** Anywhere in the log. */
        FLIPPED_LOG {
            @Override
            String damage(Path data, Random random) {
                return FileDamage.flipByteInLog(data, random);
            }
        },
        /** The newest snapshot. */
        FLIPPED_SNAPSHOT {
            @Override
            String damage(Path data, Random random) {
                return FileDamage.flipByteInSnapshot(data, random);
            }
        };

        /** Returns what was done. */
        abstract String damage(Path data, Random random);
    }

    @Override
    public String name() {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.REPAIR);
    }

    /** Only kills a node where a majority may be lost for good. */
    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = Nodes.ONE.choose(context);
        int node = nodes.getFirst();
        context.begin(this, nodes, "");
        if (kind == Kind.FLIPPED_SNAPSHOT) {
            context.cluster().stop(node); // Which makes a snapshot.
        } else {
            context.cluster().kill(node);
        }
        if (context.majorityWithout(nodes)) {
            context.say(kind.damage(context.cluster().data(node), context.random()));
        }
    }

    @Override
    public void heal(FaultContext context) {
        for (int node : context.shuffled()) {
            if (!context.cluster().isRunning(node) && !starts(context, node)) {
                repair(context, node);
            }
        }
        context.restore();
    }

    private static void repair(FaultContext context, int node) {
        Optional<FinishedCommand> repaired = context.cluster().repair(node);
        repaired.ifPresent(done -> context.say("repair of n" + node + ": " + done.out() + done.err()));
        if (repaired.isEmpty() || repaired.get().exitCode() != 0) {
            context.giveUp(node, context.cluster().lastWords(node));
        } else if (!starts(context, node)) {
            throw new AssertionError(
                    "repaired, and does not start: " + context.cluster().lastWords(node));
        }
    }

    /** Starts it, and waits until it serves or has ended. */
    private static boolean starts(FaultContext context, int node) {
        context.cluster().start(node);
        Await.until(
                () -> context.cluster().isReady(node) || !context.cluster().isRunning(node),
                FaultContext.READY_MAX,
                () -> context.cluster().lastWords(node));
        return context.cluster().isRunning(node);
    }
}
