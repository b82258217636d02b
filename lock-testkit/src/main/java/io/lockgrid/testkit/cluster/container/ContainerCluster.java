package io.lockgrid.testkit.cluster.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.lockgrid.testkit.agent.TestHooks;
import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.cluster.Network;
import io.lockgrid.testkit.cluster.ProbedCluster;
import io.lockgrid.testkit.cluster.Tail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes in containers of the image, on a network of their own, each with an address that stays. Their root file system
 * is read-only, they have no rights, and see of this machine's disk only what is theirs, under the same paths: the data
 * folder {@code n1/}, its sibling {@code n1.hooks/}, and the folder {@code shared/}, which they can only read. They ask
 * who calls.
 *
 * <p>This process must reach the addresses of containers, as any on a Linux machine does.
 */
public final class ContainerCluster extends ProbedCluster {
    private static final int HTTP_PORT = 7701;
    private static final int RAFT_PORT = 7801;

    private final String image;
    private final Path folder;
    private final CallerTokens callers = new CallerTokens();
    private final Path secretFile;
    private final List<Launch> launches = new ArrayList<>();
    private final List<NodeHost> hosts = new ArrayList<>();
    private final org.testcontainers.containers.Network containers;
    private final AtomicReferenceArray<NodeContainer> nodes;
    private final Thread atExit = new Thread(this::removeAll, "containers-at-exit");

    /**
     * Makes the hosts, on which no node runs yet. What earlier processes left behind is removed.
     *
     * @param image of the nodes; that of the hosts is called {@code <image>-host}
     * @param folder where the nodes keep their data ({@code n1/}, …), write what they say ({@code n1.out},
     *     {@code n1.err}, …) and find what they all read ({@code shared/})
     * @param size number of nodes
     * @param launches what node {@code i} is started with, asked once for each
     */
    public ContainerCluster(String image, Path folder, int size, IntFunction<Launch> launches) {
        this.image = image;
        this.folder = folder.toAbsolutePath();
        this.nodes = new AtomicReferenceArray<>(size + 1);
        this.secretFile = writeSecret();
        Engine.removeLeftovers();
        containers = org.testcontainers.containers.Network.builder()
                .createNetworkCmdModifier(command -> command.withLabels(Engine.labels()))
                .build();
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            for (int i = 1; i <= size; i++) {
                this.launches.add(launches.apply(i));
                hosts.add(new NodeHost(image + "-host", containers, id(i)));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    /** The folder that all nodes of a cluster can read, under the same path. */
    public static Path shared(Path folder) {
        return folder.toAbsolutePath().resolve("shared");
    }

    @Override
    public int size() {
        return nodes.length() - 1;
    }

    @Override
    public void start(int i) {
        if (isRunning(i)) {
            throw new IllegalStateException(id(i) + " runs already");
        }
        removeEnded(i);
        NodeFiles.give(List.of(data(i), TestHooks.folder(data(i))));
        nodes.set(i, new NodeContainer(id(i), command(i), out(i), err(i)));
    }

    @Override
    public void kill(int i) {
        sendKill(i);
        removeEnded(i);
    }

    @Override
    public void killAll() {
        numbers().forEach(this::sendKill);
        numbers().forEach(this::removeEnded);
    }

    @Override
    public int stop(int i) {
        NodeContainer node = running(i);
        node.terminate();
        int exitCode = node.awaitEnd();
        nodes.set(i, null);
        return exitCode;
    }

    @Override
    public void pause(int i) {
        running(i).pause();
    }

    @Override
    public void resume(int i) {
        running(i).resume();
    }

    @Override
    public boolean isRunning(int i) {
        NodeContainer node = nodes.get(i);
        return node != null && node.isRunning();
    }

    @Override
    public boolean isPaused(int i) {
        NodeContainer node = nodes.get(i);
        return node != null && node.isPaused();
    }

    @Override
    public URI httpUri(int i) {
        return URI.create("http://" + hosts.get(i - 1).address() + ":" + HTTP_PORT);
    }

    @Override
    public List<String> headers(String caller) {
        String token = callers.of(caller);
        return List.of("Authorization", "Bearer " + token, "dapr-api-token", token);
    }

    @Override
    public Path data(int i) {
        return folder.resolve(id(i));
    }

    @Override
    public String lastWords(int i) {
        return id(i) + (isRunning(i) ? " runs" : " does not run") + ", said " + Tail.of(out(i)) + " and "
                + Tail.of(err(i));
    }

    @Override
    public Optional<Network> network() {
        return Optional.of(new FilteredNetwork(hosts));
    }

    @Override
    public void close() {
        removeAll();
        super.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // The hook is running.
        }
    }

    private void removeAll() {
        killAll();
        hosts.forEach(NodeHost::close);
        containers.close();
    }

    private CreateContainerCmd command(int i) {
        Launch launch = launches.get(i - 1);
        CreateContainerCmd command = Engine.client()
                .createContainerCmd(image)
                .withLabels(Engine.labels())
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode("container:" + hosts.get(i - 1).id())
                        .withReadonlyRootfs(true)
                        .withCapDrop(Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withBinds(
                                bind(data(i), AccessMode.rw),
                                bind(TestHooks.folder(data(i)), AccessMode.rw),
                                bind(shared(folder), AccessMode.ro)))
                .withEnv(environment(launch))
                .withCmd(arguments(i, launch));
        NodeFiles.user().ifPresent(command::withUser);
        return command;
    }

    private static Bind bind(Path path, AccessMode mode) {
        return new Bind(path.toString(), new Volume(path.toString()), mode);
    }

    private static List<String> environment(Launch launch) {
        String jvm = Stream.concat(JVM_OPTIONS.stream(), launch.jvm().stream())
                .map(option -> '"' + option + '"')
                .collect(Collectors.joining(" "));
        List<String> variables = new ArrayList<>();
        launch.environment().forEach((name, value) -> variables.add(name + "=" + value));
        variables.add("JDK_JAVA_OPTIONS=" + jvm);
        return variables;
    }

    private List<String> arguments(int i, Launch launch) {
        String peers = numbers()
                .mapToObj(peer -> id(peer) + "=" + id(peer) + ":" + RAFT_PORT)
                .collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of("node", "--id", id(i), "--peers", peers, "--peer-tls", "off"));
        arguments.addAll(List.of("--data", data(i).toString()));
        arguments.addAll(List.of("--auth", "jwt", "--jwt-secret-file", secretFile.toString()));
        arguments.addAll(launch.options());
        return arguments;
    }

    private Path writeSecret() {
        try {
            Files.createDirectories(shared(folder));
            return Files.writeString(shared(folder).resolve("jwt-secret"), callers.secret());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NodeContainer running(int i) {
        return Objects.requireNonNull(nodes.get(i), id(i) + " does not run");
    }

    private void sendKill(int i) {
        NodeContainer node = nodes.get(i);
        if (node != null) {
            node.sendKill();
        }
    }

    /** Takes away the container of a node that has ended, or was told to. */
    private void removeEnded(int i) {
        NodeContainer node = nodes.getAndSet(i, null);
        if (node != null) {
            node.awaitEnd();
        }
    }

    private Path out(int i) {
        return folder.resolve(id(i) + ".out");
    }

    private Path err(int i) {
        return folder.resolve(id(i) + ".err");
    }
}
