package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.cluster.Cluster;
import io.lockgrid.testkit.cluster.Network;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Nodes that only remember what was done to them. The first one leads. */
final class PaperCluster implements Cluster, Network {
    private final int size;
    private final Set<Integer> running = new HashSet<>();
    private final Set<Integer> paused = new HashSet<>();
    private final Set<Cut> cuts = new HashSet<>();

    /** What {@code from} says does not reach {@code to}. */
    record Cut(int from, int to) {}

    PaperCluster(int size) {
        this.size = size;
        startAll();
    }

    Set<Integer> running() {
        return Set.copyOf(running);
    }

    Set<Integer> paused() {
        return Set.copyOf(paused);
    }

    /** How many nodes hear this one, itself included. */
    long heardBy(int node) {
        return IntStream.rangeClosed(1, size)
                .filter(to -> !cuts.contains(new Cut(node, to)))
                .count();
    }

    /** How many nodes this one hears, itself included. */
    long hears(int node) {
        return IntStream.rangeClosed(1, size)
                .filter(from -> !cuts.contains(new Cut(from, node)))
                .count();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public void start(int i) {
        running.add(i);
    }

    @Override
    public void startAll() {
        IntStream.rangeClosed(1, size).forEach(running::add);
    }

    @Override
    public void kill(int i) {
        running.remove(i);
        paused.remove(i);
    }

    @Override
    public void killAll() {
        running.clear();
        paused.clear();
    }

    @Override
    public int stop(int i) {
        kill(i);
        return 0;
    }

    @Override
    public void pause(int i) {
        paused.add(i);
    }

    @Override
    public void resume(int i) {
        paused.remove(i);
    }

    @Override
    public boolean isRunning(int i) {
        return running.contains(i);
    }

    @Override
    public boolean isPaused(int i) {
        return paused.contains(i);
    }

    @Override
    public boolean isReady(int i) {
        return isRunning(i) && !isPaused(i);
    }

    @Override
    public URI httpUri(int i) {
        return URI.create("http://127.0.0.1:" + i);
    }

    @Override
    public Path data(int i) {
        return Path.of("n" + i);
    }

    @Override
    public OptionalInt leader() {
        return OptionalInt.of(1);
    }

    @Override
    public int awaitLeader(Duration atMost) {
        return 1;
    }

    @Override
    public Duration awaitReady(int i, Duration atMost) {
        return Duration.ZERO;
    }

    @Override
    public Duration awaitReady(Duration atMost) {
        return Duration.ZERO;
    }

    @Override
    public String lastWords(int i) {
        return "";
    }

    @Override
    public Optional<Network> network() {
        return Optional.of(this);
    }

    @Override
    public void cut(int from, int to) {
        cuts.add(new Cut(from, to));
    }

    @Override
    public void lose(int node, double share) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void heal() {
        cuts.clear();
    }

    @Override
    public void close() {
        killAll();
    }
}
