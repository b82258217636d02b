package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.cluster.Await;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A node is away for so long that the others have thrown away the log that it would need. */
final class Absence {
    private static final Duration CUT_MAX = Duration.ofSeconds(40);

    /** As Ratis 3.3.0 names the parts of the log; the number is that of the first entry. */
    private static final Pattern SEGMENT = Pattern.compile("log_(?:inprogress_)?(\\d+)(?:-\\d+)?");

    private Absence() {}

    /**
     * Kills a node, and returns when what it lacks is in the log of no other.
     *
     * @throws AssertionError if the others keep it: there is no load, or their logs are not short
     */
    static void begin(FaultContext context, int node) {
        context.cluster().kill(node);
        List<Path> others = context.shuffled().stream()
                .filter(i -> i != node)
                .map(context.cluster()::data)
                .toList();
        long open = others.stream()
                .flatMapToLong(data -> starts(data).max().stream())
                .max()
                .orElse(0);
        Await.until(
                () -> others.stream().allMatch(data -> starts(data).min().orElse(0) > open),
                CUT_MAX,
                () -> "the others still have the log that n" + node + " lacks");
    }

    /** First entries of the parts of a log; the node may be running, and delete parts meanwhile. */
    private static LongStream starts(Path data) {
        return list(data.resolve("raft").toFile())
                .flatMap(group -> list(new File(group, "current")))
                .map(file -> SEGMENT.matcher(file.getName()))
                .filter(Matcher::matches)
                .mapToLong(name -> Long.parseLong(name.group(1)));
    }

    private static Stream<File> list(File folder) {
        File[] files = folder.listFiles();
        return files == null ? Stream.empty() : Stream.of(files);
    }
}
