package io.lockgrid.testkit.cluster;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Nodes on loopback, each a process of the distribution with a data folder of its own. */
public final class ProcessCluster extends ProbedCluster {
    private static final Duration REPAIR_MAX = Duration.ofSeconds(60);

    private final Path distribution;
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final Thread atExit = new Thread(this::killAll, "cluster-at-exit");

    /** Nodes that differ in nothing; see {@link #ProcessCluster(Path, Path, int, IntFunction)}. */
    public ProcessCluster(Path distribution, Path folder, int size, String... options) {
        this(distribution, folder, size, i -> Launch.with(options));
    }

    /**
     * Chooses the ports.
     *
     * @param distribution folder with {@code lib/lockgrid.jar}
     * @param folder where the nodes keep their data ({@code n1/}, …) and write what they say ({@code n1.out},
     *     {@code n1.err}, …)
     * @param size number of nodes
     * @param launches what node {@code i} is started with, asked once for each
     */
    public ProcessCluster(Path distribution, Path folder, int size, IntFunction<Launch> launches) {
        this.distribution = distribution;
        List<Integer> ports = Ports.free(2 * size);
        List<Integer> raftPorts = ports.subList(size, 2 * size);
        String peers = IntStream.rangeClosed(1, size)
                .mapToObj(i -> id(i) + "=127.0.0.1:" + raftPorts.get(i - 1))
                .collect(Collectors.joining(","));
        for (int i = 1; i <= size; i++) {
            nodes.add(new NodeProcess(
                    distribution, folder, id(i), peers, ports.get(i - 1), raftPorts.get(i - 1), launches.apply(i)));
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    @Override
    public int size() {
        return nodes.size();
    }

    /** Node {@code i}, from 1 on. */
    public NodeProcess node(int i) {
        return nodes.get(i - 1);
    }

    @Override
    public void start(int i) {
        node(i).start();
    }

    @Override
    public void kill(int i) {
        node(i).kill();
    }

    @Override
    public void killAll() {
        nodes.forEach(NodeProcess::sendKill);
        nodes.forEach(NodeProcess::kill);
    }

    @Override
    public int stop(int i) {
        return node(i).stop();
    }

    @Override
    public void pause(int i) {
        node(i).pause();
    }

    @Override
    public void resume(int i) {
        node(i).resume();
    }

    @Override
    public boolean isRunning(int i) {
        return node(i).isRunning();
    }

    @Override
    public boolean isPaused(int i) {
        return node(i).isPaused();
    }

    @Override
    public URI httpUri(int i) {
        return node(i).httpUri();
    }

    @Override
    public Path data(int i) {
        return node(i).data();
    }

    @Override
    public String lastWords(int i) {
        return node(i).lastWords();
    }

    @Override
    public Optional<Network> network() {
        return Optional.empty();
    }

    @Override
    public Optional<FinishedCommand> repair(int i) {
        List<String> command = Jvm.command(distribution, List.of());
        command.addAll(List.of("repair", "--data", data(i).toString()));
        return Optional.of(FinishedCommand.run(command, REPAIR_MAX));
    }

    @Override
    public void close() {
        killAll();
        super.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The hook is running.
        }
    }
}
