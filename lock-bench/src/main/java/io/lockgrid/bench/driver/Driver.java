package io.lockgrid.bench.driver;

import io.lockgrid.bench.wire.CallFailedException;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Runs a workload: few event loops, many clients, one thread that looks every second at what came. */
public final class Driver {
    private static final long PREPARE_SECONDS_MAX = 300;
    private static final long STOP_SECONDS_MAX = 60;

    private final Plan plan;
    private final List<Long> serverProcesses;
    private final LongSupplier logIndex;
    private final Consumer<Second> progress;

    /**
     * @param serverProcesses the CPU time of which is taken
     * @param logIndex how long the servers' log is; -1 if not known
     * @param progress is told of each second, of the warm-up too
     */
    public Driver(Plan plan, List<Long> serverProcesses, LongSupplier logIndex, Consumer<Second> progress) {
        this.plan = plan;
        this.serverProcesses = List.copyOf(serverProcesses);
        this.logIndex = logIndex;
        this.progress = progress;
    }

    /** Runs to the end; fails with {@link CallFailedException} if the clients cannot prepare or stop. */
    public Measured run(Workload workload) {
        EventLoopGroup loops = new MultiThreadIoEventLoopGroup(loopCount(), NioIoHandler.newFactory());
        try {
            List<Lane> lanes = new ArrayList<>();
            loops.forEach(loop -> lanes.add(new Lane((EventLoop) loop)));
            return run(workload, lanes);
        } finally {
            loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
        }
    }

    /** One to a client at most, and half of the machine's processors, since the servers may be on them too. */
    private int loopCount() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, plan.clients());
    }

    private Measured run(Workload workload, List<Lane> lanes) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < plan.clients(); i++) {
            Lane lane = lanes.get(i % lanes.size());
            clients.add(new Client(workload.session(i, lane), lane, plan.intervalNanos()));
        }
        await(clients, Client::prepare, PREPARE_SECONDS_MAX, "prepare");
        var sampler = new Sampler(lanes, () -> clients.stream().allMatch(Client::hasStopped));
        if (plan.warmUpSeconds() > 0) {
            start(clients);
            sampler.watch(plan.warmUpSeconds(), false);
        }
        long firstIndex = logIndex.getAsLong();
        var cpu = new CpuTimes(serverProcesses);
        sampler.drain();
        if (plan.warmUpSeconds() == 0) {
            start(clients);
        }
        sampler.watch(plan.seconds(), true);
        Map<Long, Double> serverCpu = cpu.ofServers();
        double driverCpu = cpu.ofDriver();
        long entries = firstIndex < 0 ? -1 : logIndex.getAsLong() - firstIndex;
        await(clients, Client::stop, STOP_SECONDS_MAX, "stop");
        await(clients, Client::finish, PREPARE_SECONDS_MAX, "finish");
        return new Measured(
                plan,
                sampler.measuredSeconds,
                sampler.sum,
                sampler.course,
                serverCpu,
                entries,
                driverCpu,
                workload.findings(),
                workload.complaints());
    }

    /** One after the other within the interval of an open loop. */
    private void start(List<Client> clients) {
        for (int i = 0; i < clients.size(); i++) {
            clients.get(i).start(plan.intervalNanos() * i / clients.size());
        }
    }

    private static void await(
            List<Client> clients, Function<Client, CompletableFuture<?>> step, long secondsMax, String name) {
        try {
            CompletableFuture.allOf(clients.stream().map(step).toArray(CompletableFuture[]::new))
                    .orTimeout(secondsMax, TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new CallFailedException("the clients did not " + name + " within " + secondsMax + " s");
            }
            throw e;
        }
    }

    /** Cuts the run into seconds. */
    private final class Sampler {
        private static final long SECOND_NANOS = 1_000_000_000;

        private final List<Lane> lanes;
        private final BooleanSupplier isOver;
        private final List<Second> course = new ArrayList<>();
        private final Tally sum = new Tally();
        private long last = System.nanoTime();
        private double measuredSeconds;
        private int number;

        Sampler(List<Lane> lanes, BooleanSupplier isOver) {
            this.lanes = lanes;
            this.isOver = isOver;
        }

        void watch(int seconds, boolean measured) {
            for (int i = 0; i < seconds && !isOver.getAsBoolean(); i++) {
                waitUntil(last + SECOND_NANOS);
                long begin = last;
                Tally tally = drain();
                var second = new Second(++number, measured, (last - begin) / 1e9, tally);
                if (measured) {
                    measuredSeconds += second.seconds();
                    sum.add(tally);
                    course.add(second);
                }
                progress.accept(second);
            }
        }

        /** Takes out what has come since the last time. */
        Tally drain() {
            var tally = new Tally();
            lanes.forEach(lane -> lane.recording().drainTo(tally));
            last = System.nanoTime();
            return tally;
        }

        private static void waitUntil(long nanos) {
            for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }
}
