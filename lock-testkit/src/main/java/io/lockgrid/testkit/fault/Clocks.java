package io.lockgrid.testkit.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The wall clocks of the nodes go wrong, each in its own way. When all is healed they jump back. */
final class Clocks implements Fault {
    private static final int STEP_MILLIS = 50;

    private final Manner manner;
    private @Nullable ScheduledExecutorService setting;

    Clocks(Manner manner) {
        this.manner = manner;
    }

    /** How clocks go wrong. */
    enum Manner {
        /** At once by up to an hour, forward or back. */
        JUMP(3_600_000) {
            @Override
            long offsetMillis(long most, long passedMillis) {
                return most;
            }
        },
        /** Faster or slower, by up to half as much again. */
        DRIFT(500) {
            @Override
            long offsetMillis(long most, long passedMillis) {
                return most * passedMillis / 1_000;
            }
        },
        /** To and fro, many times a second, by up to a minute. */
        STROBE(60_000) {
            @Override
            long offsetMillis(long most, long passedMillis) {
                return passedMillis / STEP_MILLIS % 2 * most;
            }
        };

        private final int most;

        Manner(int most) {
            this.most = most;
        }

        /** Something one notices. */
        private int draw(Random random) {
            int size = random.nextInt(most / 4, most + 1);
            return random.nextBoolean() ? size : -size;
        }

        /**
         * How far a clock is off.
         *
         * @param most drawn for the node: for a drift in ms each second
         */
        abstract long offsetMillis(long most, long passedMillis);
    }

    @Override
    public String name() {
        return "clock-" + manner.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Set<Need> needs() {
        return Set.of(Need.CLOCKS);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        List<Integer> most = new ArrayList<>();
        nodes.forEach(i -> most.add(manner.draw(context.random())));
        context.begin(this, nodes, true, "by " + most + (manner == Manner.DRIFT ? " ms each second" : " ms"));
        long start = System.nanoTime();
        setting = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("clocks").daemon(true).factory());
        var unused = setting.scheduleAtFixedRate(
                () -> {
                    long passedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
                    for (int i = 0; i < nodes.size(); i++) {
                        long offset = manner.offsetMillis(most.get(i), passedMillis);
                        WallClock.set(context.cluster().data(nodes.get(i)), Duration.ofMillis(offset));
                    }
                },
                0,
                STEP_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public void heal(FaultContext context) {
        if (setting != null) {
            setting.close();
        }
        for (int node : context.shuffled()) {
            WallClock.set(context.cluster().data(node), Duration.ZERO);
        }
        context.restore();
    }
}
