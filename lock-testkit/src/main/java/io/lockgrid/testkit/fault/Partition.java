package io.lockgrid.testkit.fault;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Some nodes do not hear some others. Clients reach all of them. */
record Partition(Shape shape) implements Fault {
    /** Who hears whom. */
    enum Shape {
        /** One node neither hears nor is heard. */
        ISOLATE_ONE,
        /** The leader neither hears nor is heard. */
        ISOLATE_LEADER,
        /** The leader is left with as many others as make no majority. */
        MAJORITY_MINORITY,
        /** Each node hears a majority, and no two the same one: in a ring, only its neighbours. */
        MAJORITIES_RING,
        /** Two halves hear each other only through one node between them. */
        BRIDGE,
        /** One node is heard by all, and hears nobody. */
        ONE_WAY
    }

    @Override
    public String name() {
        return shape.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public Set<Need> needs() {
        return shape == Shape.MAJORITIES_RING ? Set.of(Need.NETWORK, Need.FIVE_NODES) : Set.of(Need.NETWORK);
    }

    @Override
    public void inject(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        switch (shape) {
            case ISOLATE_ONE -> isolate(context, nodes.subList(0, 1));
            case ISOLATE_LEADER -> isolate(context, List.of(context.leader()));
            case MAJORITY_MINORITY -> isolate(context, minorityWithLeader(context, nodes));
            case MAJORITIES_RING -> ring(context, nodes);
            case BRIDGE -> bridge(context, nodes);
            case ONE_WAY -> oneWay(context, nodes);
        }
    }

    private void isolate(FaultContext context, List<Integer> some) {
        List<Integer> others = new ArrayList<>(context.shuffled());
        others.removeAll(some);
        context.begin(this, some, some + " | " + others);
        cutBetween(context, some, others);
    }

    private static List<Integer> minorityWithLeader(FaultContext context, List<Integer> nodes) {
        Collections.swap(nodes, 0, nodes.indexOf(context.leader()));
        return nodes.subList(0, (nodes.size() - 1) / 2);
    }

    /** No majority hears each other. */
    private void ring(FaultContext context, List<Integer> nodes) {
        context.begin(this, nodes, false, "the ring " + nodes);
        int size = nodes.size();
        for (int i = 0; i < size; i++) {
            for (int j = i + 2; j < size; j++) {
                if ((j + 1) % size != i) {
                    cutBetween(context, nodes.subList(i, i + 1), nodes.subList(j, j + 1));
                }
            }
        }
    }

    /** Each half is a majority with the bridge. */
    private void bridge(FaultContext context, List<Integer> nodes) {
        int half = nodes.size() / 2;
        List<Integer> first = nodes.subList(0, half);
        List<Integer> second = nodes.subList(half + 1, nodes.size());
        context.begin(this, nodes, true, first + " - " + nodes.get(half) + " - " + second);
        cutBetween(context, first, second);
    }

    private void oneWay(FaultContext context, List<Integer> nodes) {
        int deaf = nodes.getFirst();
        context.begin(this, List.of(deaf), "n" + deaf + " hears nobody");
        nodes.stream().filter(i -> i != deaf).forEach(i -> context.network().cut(i, deaf));
    }

    private static void cutBetween(FaultContext context, List<Integer> some, List<Integer> others) {
        for (int one : some) {
            for (int other : others) {
                context.network().cut(one, other);
                context.network().cut(other, one);
            }
        }
    }
}
