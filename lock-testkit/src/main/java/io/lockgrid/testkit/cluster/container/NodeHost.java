package io.lockgrid.testkit.cluster.container;

import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.DockerImageName;

/**
 * What a node's container shares the network of: its name, address and rules stay while the node comes and goes, and
 * the node itself needs no right to change them.
 */
final class NodeHost implements AutoCloseable {
    private final GenericContainer<?> container;
    private final String address;

    NodeHost(String image, Network network, String name) {
        container = new GenericContainer<>(DockerImageName.parse(image))
                .withNetwork(network)
                .withNetworkAliases(name)
                .withLabels(Engine.labels())
                .withCreateContainerCmdModifier(command -> Objects.requireNonNull(command.getHostConfig())
                        .withCapAdd(Capability.NET_ADMIN)
                        .withInit(true));
        container.start();
        address = container.getContainerInfo().getNetworkSettings().getNetworks().values().stream()
                .map(ContainerNetwork::getIpAddress)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow();
    }

    /** Id of its container. */
    String id() {
        return container.getContainerId();
    }

    /** Its IPv4 address, which stays. */
    String address() {
        return address;
    }

    /** Changes the rules for what arrives here, by arguments of iptables. */
    void filter(String arguments) {
        String[] command = ("iptables --wait " + arguments).split(" ");
        try {
            ExecResult result = container.execInContainer(command);
            if (result.getExitCode() != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed: " + result.getStderr());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while changing the network", e);
        }
    }

    @Override
    public void close() {
        container.close();
    }
}
