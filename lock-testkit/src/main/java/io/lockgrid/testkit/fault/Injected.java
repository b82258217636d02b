package io.lockgrid.testkit.fault;

import java.util.List;

/**
 * A fault that was injected.
 *
 * @param name of the fault
 * @param nodes that it was done to, from 1 on
 * @param fromNanos when it began, by {@code System.nanoTime}
 * @param toNanos when it was over and all nodes were ready again
 * @param majorityUp whether at each moment in between a majority of the nodes ran, and could talk to each other
 * @param note what exactly was done, or empty
 */
public record Injected(
        String name, List<Integer> nodes, long fromNanos, long toNanos, boolean majorityUp, String note) {}
