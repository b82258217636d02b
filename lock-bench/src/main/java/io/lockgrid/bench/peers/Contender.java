package io.lockgrid.bench.peers;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A system and a way to speak to it: a row of the tables.
 *
 * @param name as it is chosen on the command line
 * @param title as the tables say it
 * @param system whose servers it needs
 * @param client that puts a load on them
 * @param workloads that it is measured with
 */
record Contender(String name, String title, LockSystem system, LoadClient client, Set<String> workloads) {
    /** The name of the one that the others are compared with. */
    static final String LOCKGRID = "lockgrid";

    private static final Set<String> ALL = Set.of(Load.OWN, Load.HOT);

    /**
     * All that there are, LockGrid first.
     *
     * @param root of the repository
     * @param token that no other run has
     */
    static List<Contender> all(Path root, String token) {
        var etcd = new Etcd();
        var redis = new Redis();
        var hazelcastClient = new LibraryClient(root, "hazelcast", token);
        return List.of(
                of(LOCKGRID, "LockGrid, HTTP", new LockGrid(root), new HttpDriver("dapr", "sfp")),
                of("etcd-http", "etcd, HTTP gateway", etcd, new HttpDriver("etcd", "etcd")),
                of("etcd-grpc", "etcd, gRPC (jetcd)", etcd, new LibraryClient(root, "etcd", "")),
                of("zookeeper", "ZooKeeper + Curator", new ZooKeeper(), new LibraryClient(root, "zookeeper", "")),
                of("redis", "Redis + Redisson, ONE node", redis, new LibraryClient(root, "redis", "")),
                new Contender(
                        "redis-fair",
                        "the same, fair lock",
                        redis,
                        new LibraryClient(root, "redis", "fair"),
                        Set.of(Load.HOT)),
                of("hazelcast", "Hazelcast CP, no disk", new Hazelcast(hazelcastClient), hazelcastClient));
    }

    /** What is missing, in a line. */
    Optional<String> lack() {
        return system.lack().or(client::lack);
    }

    private static Contender of(String name, String title, LockSystem system, LoadClient client) {
        return new Contender(name, title, system, client, ALL);
    }
}
