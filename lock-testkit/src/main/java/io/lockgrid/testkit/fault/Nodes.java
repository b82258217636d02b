package io.lockgrid.testkit.fault;

import java.util.List;

/** Which nodes a fault is done to. */
enum Nodes {
    /** Any one. */
    ONE,
    /** The one that leads. */
    LEADER,
    /** As many as leave a majority. */
    MINORITY,
    /** So many that no majority is left. */
    MAJORITY,
    /** Every one. */
    ALL;

    /** Random ones. */
    List<Integer> choose(FaultContext context) {
        List<Integer> nodes = context.shuffled();
        int majority = context.cluster().size() / 2 + 1;
        return switch (this) {
            case ONE -> nodes.subList(0, 1);
            case LEADER -> List.of(context.leader());
            case MINORITY -> nodes.subList(0, Math.max(1, nodes.size() - majority));
            case MAJORITY -> nodes.subList(0, Math.min(nodes.size(), majority));
            case ALL -> nodes;
        };
    }
}
