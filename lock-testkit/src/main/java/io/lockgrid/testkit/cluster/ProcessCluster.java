package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * Nodes {@code n1}, {@code n2}, … on loopback, each a process of the distribution with a data folder of its own. They
 * are numbered from 1, and none runs until it is started.
 *
 * <p>Any thread may ask; of one node, one thread at a time may start and end it.
 */
public final class ProcessCluster implements AutoCloseable {
    private final List<NodeProcess> nodes = new ArrayList<>();
    private final HttpClient http = NodeProbe.client();
    private final Thread atExit = new Thread(this::killAll, "cluster-at-exit");

    /**
     * Chooses the ports.
     *
     * @param distribution folder with {@code lib/lockgrid.jar}
     * @param folder where the nodes keep their data ({@code n1/}, …) and write what they say ({@code n1.out},
     *     {@code n1.err}, …)
     * @param size number of nodes
     * @param options further options of every node
     */
    public ProcessCluster(Path distribution, Path folder, int size, String... options) {
        List<Integer> ports = Ports.free(2 * size);
        List<Integer> raftPorts = ports.subList(size, 2 * size);
        String peers = String.join(
                ",",
                IntStream.range(0, size)
                        .mapToObj(i -> "n" + (i + 1) + "=127.0.0.1:" + raftPorts.get(i))
                        .toList());
        for (int i = 0; i < size; i++) {
            nodes.add(new NodeProcess(
                    distribution, folder, "n" + (i + 1), peers, ports.get(i), raftPorts.get(i), List.of(options)));
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** How many nodes there are, running or not. */
    public int size() {
        return nodes.size();
    }

    /** Node {@code i}, from 1 on. */
    public NodeProcess node(int i) {
        return nodes.get(i - 1);
    }

    /** Starts every node that does not run. */
    public void startAll() {
        nodes.stream().filter(node -> !node.isRunning()).forEach(NodeProcess::start);
    }

    /** Starts one node; see {@link NodeProcess#start}. */
    public void start(int i) {
        node(i).start();
    }

    /** Ends one node with SIGKILL, and returns when it is gone. */
    public void kill(int i) {
        node(i).kill();
    }

    /** Ends all nodes with SIGKILL, at nearly one moment. */
    public void killAll() {
        nodes.forEach(NodeProcess::sendKill);
        nodes.forEach(NodeProcess::kill);
    }

    /** Ends one node with SIGTERM; see {@link NodeProcess#stop}. */
    public int stop(int i) {
        return node(i).stop();
    }

    /** Stops one node's time with SIGSTOP. */
    public void pause(int i) {
        node(i).signal("STOP");
    }

    /** Lets a paused node go on. */
    public void resume(int i) {
        node(i).signal("CONT");
    }

    /** Where node {@code i} serves its APIs. */
    public URI httpUri(int i) {
        return node(i).httpUri();
    }

    /** The node that leads, as the nodes that run and answer say; empty unless a majority of the cluster agrees. */
    public OptionalInt leader() {
        List<String> said = askAll(node -> NodeProbe.leader(http, node)).stream()
                .flatMap(Optional::stream)
                .toList();
        return IntStream.rangeClosed(1, size())
                .filter(i -> 2 * said.stream().filter(node(i).id()::equals).count() > size())
                .findFirst();
    }

    /** Whether node {@code i} says that it serves. */
    public boolean isReady(int i) {
        return node(i).isRunning() && NodeProbe.isReady(http, node(i));
    }

    /**
     * Waits until node {@code i} is ready.
     *
     * @return how long it took
     */
    public Duration awaitReady(int i, Duration atMost) {
        return Await.until(() -> isReady(i), atMost, () -> node(i).id() + " is not ready; " + node(i).lastWords());
    }

    /**
     * Waits until all nodes that run are ready, and a majority says who leads.
     *
     * @return how long it took
     */
    public Duration awaitReady(Duration atMost) {
        return Await.until(
                () -> allReady() && leader().isPresent(),
                atMost,
                () -> "not all nodes are ready: "
                        + nodes.stream().map(NodeProcess::lastWords).toList());
    }

    /**
     * Waits until a majority says who leads.
     *
     * @return the leader
     */
    public int awaitLeader(Duration atMost) {
        int[] leader = new int[1];
        Await.until(() -> (leader[0] = leader().orElse(0)) != 0, atMost, () -> "no majority knows a leader");
        return leader[0];
    }

    /** Kills all that runs. */
    @Override
    public void close() {
        killAll();
        http.shutdownNow();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The hook is running.
        }
    }

    private boolean allReady() {
        return nodes.stream().filter(NodeProcess::isRunning).allMatch(node -> NodeProbe.isReady(http, node));
    }

    /** At the same time, since a paused node answers nobody. */
    private <T> List<T> askAll(java.util.function.Function<NodeProcess, T> question) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> questions = nodes.stream()
                    .filter(NodeProcess::isRunning)
                    .map(node -> (Callable<T>) () -> question.apply(node))
                    .toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the nodes", e);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
