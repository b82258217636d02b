package io.lockgrid.testkit.cluster.container;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.testcontainers.DockerClientFactory;

/**
 * The Docker engine. What a process makes there bears its label; what processes left behind that were killed is removed
 * by the next one, since Testcontainers' own reaper is an image of a registry that may not be reached.
 */
final class Engine {
    private static final String OWNER = "io.lockgrid.testkit.owner";
    private static final Map<String, String> SETTINGS =
            Map.of("TESTCONTAINERS_RYUK_DISABLED", "true", "TESTCONTAINERS_HOST_OVERRIDE", "localhost");

    private Engine() {}

    /**
     * The engine that answers.
     *
     * @throws IllegalStateException if Testcontainers would start images of a registry to look after itself
     */
    static DockerClient client() {
        if (!System.getenv().entrySet().containsAll(SETTINGS.entrySet())) {
            throw new IllegalStateException("set these variables before clusters of containers are used: " + SETTINGS);
        }
        return DockerClientFactory.instance().client();
    }

    /** The labels of all that this process makes. */
    static Map<String, String> labels() {
        return Map.of(OWNER, owner(ProcessHandle.current()));
    }

    /** Removes the containers and networks of processes that are gone. */
    static void removeLeftovers() {
        DockerClient docker = client();
        for (var container : docker.listContainersCmd()
                .withShowAll(true)
                .withLabelFilter(List.of(OWNER))
                .exec()) {
            if (isGone(container.getLabels())) {
                remove(container.getId());
            }
        }
        for (var network :
                docker.listNetworksCmd().withFilter("label", List.of(OWNER)).exec()) {
            if (isGone(network.getLabels())) {
                docker.removeNetworkCmd(network.getId()).exec();
            }
        }
    }

    /** Removes a container, running or not, with the volumes that were made for it. */
    static void remove(String container) {
        try {
            client().removeContainerCmd(container)
                    .withForce(true)
                    .withRemoveVolumes(true)
                    .exec();
        } catch (NotFoundException e) {
            return; // Another process had the same idea.
        }
    }

    private static boolean isGone(Map<String, String> labels) {
        String owner = Objects.requireNonNull(labels.get(OWNER), "asked for those that have it");
        long pid = Long.parseLong(owner.substring(0, owner.indexOf('@')));
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        return process.isEmpty() || !owner(process.get()).equals(owner);
    }

    /** Its number and its birth, so that no other process of that number is taken for it. */
    private static String owner(ProcessHandle process) {
        Instant birth = process.info().startInstant().orElse(Instant.EPOCH);
        return process.pid() + "@" + birth.toEpochMilli();
    }
}
