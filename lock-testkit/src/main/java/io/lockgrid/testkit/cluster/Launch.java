package io.lockgrid.testkit.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node is started with, beside what every node needs.
 *
 * @param jvm options of its JVM
 * @param environment variables of its process, added to those of this one
 * @param options of {@code lockgrid node}
 */
public record Launch(List<String> jvm, Map<String, String> environment, List<String> options) {
    /** Nothing but options of {@code lockgrid node}. */
    public static Launch with(String... options) {
        return new Launch(List.of(), Map.of(), List.of(options));
    }

    /** All of this, and then all of the other. */
    public Launch and(Launch other) {
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(other.environment);
        return new Launch(joined(jvm, other.jvm), Map.copyOf(variables), joined(options, other.options));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }
}
