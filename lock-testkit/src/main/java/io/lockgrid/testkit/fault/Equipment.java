package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.agent.AgentJar;
import io.lockgrid.testkit.agent.TestHooks;
import io.lockgrid.testkit.cluster.Launch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nodes are started with, so that faults can be done to them. */
public final class Equipment {
    private Equipment() {}

    /**
     * For one node.
     *
     * @param needs of all the faults
     * @param shared folder that all nodes can read, for what is the same for all
     * @param data folder of the node
     * @throws IllegalStateException with one line, if this machine lacks something that is needed
     */
    public static Launch of(Set<Need> needs, Path shared, Path data) {
        Launch launch = Launch.with();
        if (needs.contains(Need.SHORT_LOG)) {
            launch = launch.and(agent(shared, data, AgentJar.SHORT_LOG));
        } else if (needs.contains(Need.AGENT)) {
            launch = launch.and(agent(shared, data));
        }
        return needs.contains(Need.CLOCKS) ? launch.and(WallClock.launch(data)) : launch;
    }

    private static Launch agent(Path shared, Path data, String... further) {
        String option = AgentJar.option(AgentJar.pack(shared.resolve("agent")), TestHooks.folder(data), further);
        return new Launch(List.of(option), Map.of(), List.of());
    }
}
