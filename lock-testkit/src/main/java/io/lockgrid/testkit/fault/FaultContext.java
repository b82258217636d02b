package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.cluster.Cluster;
import io.lockgrid.testkit.cluster.Network;
import io.lockgrid.testkit.cluster.Proxies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What faults are done to, and what was done to it. One thread injects; any may ask what was injected. */
public final class FaultContext {
    /** Generous: nodes share the machine with their clients and with others. */
    static final Duration READY_MAX = Duration.ofSeconds(60);

    private final Cluster cluster;
    private final Proxies proxies;
    private final ClientGate gate;
    private final Random random;
    private final Consumer<String> out;
    private final List<Injected> injected = new CopyOnWriteArrayList<>();
    private final Set<Integer> gone = new HashSet<>();
    private @Nullable Injected current;

    /**
     * A cluster that is whole.
     *
     * @param gate that the clients pass
     * @param random source of every choice
     * @param out takes a line for each thing that is done
     */
    public FaultContext(Cluster cluster, Proxies proxies, ClientGate gate, Random random, Consumer<String> out) {
        this.cluster = cluster;
        this.proxies = proxies;
        this.gate = gate;
        this.random = random;
        this.out = out;
    }

    Cluster cluster() {
        return cluster;
    }

    Proxies proxies() {
        return proxies;
    }

    ClientGate gate() {
        return gate;
    }

    Random random() {
        return random;
    }

    Network network() {
        return cluster.network().orElseThrow(() -> new IllegalStateException("no packets can be cut here"));
    }

    /** What was injected and is over, in order. */
    public List<Injected> injected() {
        return List.copyOf(injected);
    }

    /** Nodes that cannot come back for the rest of the run. */
    public Set<Integer> gone() {
        return Set.copyOf(gone);
    }

    /** The nodes that are not gone, in random order. */
    List<Integer> shuffled() {
        List<Integer> nodes = new ArrayList<>(IntStream.rangeClosed(1, cluster.size())
                .filter(i -> !gone.contains(i))
                .boxed()
                .toList());
        Collections.shuffle(nodes, random);
        return nodes;
    }

    /** The node that leads. */
    int leader() {
        return cluster.awaitLeader(READY_MAX);
    }

    /** Whether a majority is left without these. */
    boolean majorityWithout(Collection<Integer> nodes) {
        return 2 * shuffled().stream().filter(i -> !nodes.contains(i)).count() > cluster.size();
    }

    /** A fault that takes these nodes away begins now. */
    void begin(Fault fault, List<Integer> nodes, String note) {
        begin(fault, nodes, majorityWithout(nodes), note);
    }

    /** A fault begins now; see {@link Injected}. */
    void begin(Fault fault, List<Integer> nodes, boolean majorityUp, String note) {
        current = new Injected(fault.name(), List.copyOf(nodes), System.nanoTime(), Long.MAX_VALUE, majorityUp, note);
        say(fault.name() + " " + nodes + (note.isEmpty() ? "" : ": " + note));
    }

    /** Says what was done beside. */
    void say(String line) {
        out.accept(line);
    }

    /** A node stays away for the rest of the run. */
    void giveUp(int node, String why) {
        gone.add(node);
        say("n" + node + " stays away: " + why);
    }

    /** Undoes whatever can be undone from outside of the nodes, waits until all are ready, and ends the fault. */
    void restore() {
        cluster.network().ifPresent(Network::heal);
        proxies.heal();
        gate.open();
        for (int i : shuffled()) {
            if (cluster.isPaused(i)) {
                cluster.resume(i);
            }
            if (!cluster.isRunning(i)) {
                cluster.start(i);
            }
        }
        cluster.awaitReady(READY_MAX);
        end();
    }

    /** The fault is over. */
    private void end() {
        Injected now = current;
        current = null;
        if (now != null) {
            injected.add(new Injected(
                    now.name(), now.nodes(), now.fromNanos(), System.nanoTime(), now.majorityUp(), now.note()));
            say(now.name() + " healed after " + (System.nanoTime() - now.fromNanos()) / 1_000_000 + " ms");
        }
    }
}
