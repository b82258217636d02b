package io.lockgrid.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.lockgrid.testkit.agent.AgentJar;
import io.lockgrid.testkit.agent.TestHooks;
import io.lockgrid.testkit.agent.mutant.Mutant;
import io.lockgrid.testkit.cluster.Await;
import io.lockgrid.testkit.cluster.Launch;
import io.lockgrid.testkit.cluster.ProcessCluster;
import io.lockgrid.testkit.history.History;
import io.lockgrid.testkit.history.Invocation;
import io.lockgrid.testkit.history.Operation;
import io.lockgrid.testkit.history.Operation.Action;
import io.lockgrid.testkit.history.Operation.Outcome;
import io.lockgrid.testkit.history.check.Checks;
import io.lockgrid.testkit.history.check.Conditions;
import io.lockgrid.testkit.log.ReplicasEqual;
import io.lockgrid.testkit.workload.DaprClient;
import io.lockgrid.testkit.workload.GridHttp;
import io.lockgrid.testkit.workload.GridHttp.Reply;
import io.lockgrid.testkit.workload.LockClient;
import io.lockgrid.testkit.workload.Observer;
import io.lockgrid.testkit.workload.SfpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A cluster, perhaps of mutants, and one call after the other to nodes of it. Each is recorded as it was answered; it
 * is made again until it is, unless it says that it is one call.
 */
final class Trial implements AutoCloseable {
    private static final Duration SURE_MAX = Duration.ofSeconds(30);
    /** So few that there is a snapshot with something behind it. */
    private static final List<String> OPTIONS = List.of("--snapshot-entries", "10", "--log-kept-entries", "0");

    final ProcessCluster cluster;
    private final History history = new History(System::nanoTime);
    private final GridHttp http;

    /** A cluster of nodes that are all alike, and do not run yet. */
    Trial(Path folder, int size, Optional<Mutant> mutant) {
        this(folder, size, mutant, i -> true, i -> Launch.with());
    }

    /**
     * A cluster that does not run yet.
     *
     * @param mutant what is broken, if anything is
     * @param isMutant in which nodes it is
     * @param more what node {@code i} is started with beside
     */
    Trial(Path folder, int size, Optional<Mutant> mutant, IntPredicate isMutant, IntFunction<Launch> more) {
        Path jar = AgentJar.pack(folder.resolve("agent"));
        cluster = new ProcessCluster(Clusters.distribution(), folder, size, i -> {
            String[] further = mutant.filter(any -> isMutant.test(i)).map(Mutant::option).stream()
                    .toArray(String[]::new);
            String agent = AgentJar.option(jar, TestHooks.folder(folder.resolve("n" + i)), further);
            return new Launch(List.of(agent), Map.of(), OPTIONS).and(more.apply(i));
        });
        http = Clusters.http(cluster);
    }

    void start() {
        cluster.startAll();
        cluster.awaitReady(Clusters.START_MAX);
    }

    /** Tries to lock, by Dapr; one call. */
    Operation lock(int node, String lock, String who, int leaseSeconds) {
        return dapr(
                node,
                Action.CLAIM,
                "lock",
                lock,
                who,
                leaseSeconds,
                json -> json.path("success").asBoolean());
    }

    /** Gives a lock back, by Dapr. */
    Operation unlock(int node, String lock, String who) {
        return sure(() -> dapr(
                node,
                Action.RELEASE,
                "unlock",
                lock,
                who,
                1,
                json -> json.path("status").asInt() == 0));
    }

    private Operation dapr(
            int node, Action action, String verb, String lock, String who, int lease, Predicate<JsonNode> isOk) {
        Invocation call = invoke(action, DaprClient.FAMILY, lock, who, lease);
        Reply reply = http.post(
                cluster.httpUri(node),
                "/v1.0-alpha1/" + verb + "/" + LockClient.NAMESPACE,
                Map.of("resourceId", lock, "lockOwner", who, "expiryInSeconds", lease));
        return returned(call, reply, "", isOk);
    }

    /** Queues, by sfp, under an idempotency key that is the claimant's name. */
    Operation queue(int node, String lock, String who, int leaseSeconds) {
        return sure(() -> queueOnce(node, lock, who, leaseSeconds));
    }

    private Operation queueOnce(int node, String lock, String who, int leaseSeconds) {
        Invocation call = invoke(Action.CLAIM, SfpClient.FAMILY, lock, who, leaseSeconds)
                .queues()
                .under(who);
        Reply reply = http.post(
                cluster.httpUri(node),
                SfpClient.LOCKS,
                Map.of(
                        "repository", LockClient.NAMESPACE,
                        "resource", lock,
                        "leaseDurationSeconds", leaseSeconds,
                        "requestedBy", who),
                "Idempotency-Key",
                who);
        if (reply.isFailure()) {
            return call.failed(reply.failure(), reply.status());
        }
        JsonNode made = reply.json();
        return call.at(reply.clusterTimeMillis())
                .waitingAt(made.path("queuePosition").asInt())
                .returned(Outcome.OK, reply.status(), made.path("ticketId").asText(), reply.token(), reply.index());
    }

    /** Looks whether a ticket holds. */
    Operation look(int node, Operation claim) {
        return sure(() -> lookOnce(node, claim));
    }

    /** As {@link #look}, one call. */
    Operation lookOnce(int node, Operation claim) {
        return ofTicket(node, Action.LOOK, "POST", "/acquire", claim, "acquired");
    }

    /** Gives a ticket back. */
    Operation release(int node, Operation claim) {
        return sure(() -> releaseOnce(node, claim));
    }

    /** As {@link #release}, one call. */
    Operation releaseOnce(int node, Operation claim) {
        return ofTicket(node, Action.RELEASE, "DELETE", "", claim, "released");
    }

    private Operation ofTicket(int node, Action action, String method, String verb, Operation claim, String success) {
        String lock = claim.lock().substring(LockClient.NAMESPACE.length() + 1);
        Invocation call = invoke(action, SfpClient.FAMILY, lock, claim.holder(), (int) claim.leaseMillis() / 1_000)
                .queues();
        Reply reply = http.send(cluster.httpUri(node), method, SfpClient.path(lock, claim.ticket()) + verb, "");
        return returned(call, reply, claim.ticket(), json -> json.path(success).asBoolean());
    }

    private Invocation invoke(Action action, String family, String lock, String who, int leaseSeconds) {
        return history.invoke(action, family, LockClient.lock(lock), who, leaseSeconds * 1_000L);
    }

    /** A ticket that nobody knows (404) holds nothing, and so it is recorded. */
    private static Operation returned(Invocation call, Reply reply, String ticket, Predicate<JsonNode> isOk) {
        if (reply.isFailure()) {
            return call.returned(reply.failure(), reply.status(), ticket, 0, -1);
        }
        boolean isSuccess = reply.status() / 100 == 2 && isOk.test(reply.json());
        return call.at(reply.clusterTimeMillis())
                .returned(isSuccess ? Outcome.OK : Outcome.FAIL, reply.status(), ticket, reply.token(), reply.index());
    }

    /** Makes a call again until there is an answer. */
    static Operation sure(Supplier<Operation> call) {
        Operation[] last = new Operation[1];
        Await.until(
                () -> {
                    last[0] = call.get();
                    return last[0].isDefinite();
                },
                SURE_MAX,
                () -> "no answer: " + last[0]);
        return last[0];
    }

    /** What the checks say when all is over, as this node sees the end of it. */
    List<String> judge(int node) {
        end(node);
        return Checks.report(history);
    }

    /** The same, with what is on the disks of all nodes. */
    List<String> judgeWithReplicas(int node) {
        end(node);
        others(0).forEach(cluster::stop);
        List<Path> folders = others(0).stream().map(cluster::data).toList();
        return Checks.report(history, Conditions.UNKNOWN.withReplicas(ReplicasEqual.findings(folders)));
    }

    private void end(int node) {
        GridHttp one = new GridHttp(List.of(cluster.httpUri(node)));
        Observer observer = new Observer(one, history);
        history.claims().stream()
                .map(LockClient::nameOf)
                .distinct()
                .forEach(lock -> Await.until(
                        () -> {
                            observer.isBusy(lock);
                            return history.listings().stream()
                                    .anyMatch(listing -> listing.lock().equals(LockClient.lock(lock)));
                        },
                        SURE_MAX,
                        () -> "nobody shows " + lock));
        observer.recordEndings();
        one.close();
    }

    /** Any node that is not this one. */
    int other(int node) {
        return node % cluster.size() + 1;
    }

    /** All nodes but this one; of 0, all. */
    List<Integer> others(int node) {
        return IntStream.rangeClosed(1, cluster.size())
                .filter(i -> i != node)
                .boxed()
                .toList();
    }

    @Override
    public void close() {
        http.close();
        cluster.close();
    }
}
