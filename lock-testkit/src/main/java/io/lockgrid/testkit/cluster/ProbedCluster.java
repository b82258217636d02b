package io.lockgrid.testkit.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** A cluster that learns from the nodes themselves, over HTTP, who is ready and who leads. */
public abstract class ProbedCluster implements Cluster {
    /**
     * Of the JVM of every node. Its compiler for long lives is off: nodes of tests live for seconds, and most of their
     * work would be to compile.
     */
    protected static final List<String> JVM_OPTIONS = List.of("-Xmx384m", "-XX:TieredStopAtLevel=1");

    private final HttpClient http = NodeProbe.client();

    /** The id of node {@code i} in the list of peers. */
    protected static String id(int i) {
        return "n" + i;
    }

    /** The numbers of the nodes. */
    protected final IntStream numbers() {
        return IntStream.rangeClosed(1, size());
    }

    @Override
    public void startAll() {
        numbers().filter(i -> !isRunning(i)).forEach(this::start);
    }

    @Override
    public final boolean isReady(int i) {
        return isRunning(i) && NodeProbe.isReady(http, httpUri(i));
    }

    @Override
    public final OptionalInt leader() {
        List<String> said = askAll(i -> NodeProbe.leader(http, httpUri(i), headers("probe"))).stream()
                .flatMap(Optional::stream)
                .toList();
        return numbers()
                .filter(i -> 2 * said.stream().filter(id(i)::equals).count() > size())
                .findFirst();
    }

    @Override
    public final int awaitLeader(Duration atMost) {
        int[] leader = new int[1];
        Await.until(() -> (leader[0] = leader().orElse(0)) != 0, atMost, () -> "no majority knows a leader");
        return leader[0];
    }

    @Override
    public final Duration awaitReady(int i, Duration atMost) {
        return Await.until(() -> isReady(i), atMost, () -> id(i) + " is not ready; " + lastWords(i));
    }

    @Override
    public final Duration awaitReady(Duration atMost) {
        return Await.until(
                () -> askAll(this::isReady).stream().allMatch(ready -> ready) && leader().isPresent(),
                atMost,
                () -> "not all nodes are ready: "
                        + numbers().mapToObj(this::lastWords).toList());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** Those that run, at the same time, since a paused node answers nobody. */
    private <T> List<T> askAll(IntFunction<T> question) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<T>> questions = numbers()
                    .filter(this::isRunning)
                    .mapToObj(i -> (Callable<T>) () -> question.apply(i))
                    .toList();
            List<T> answers = new ArrayList<>();
            for (Future<T> answer : threads.invokeAll(questions)) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking the nodes", e);
        } catch (ExecutionException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
