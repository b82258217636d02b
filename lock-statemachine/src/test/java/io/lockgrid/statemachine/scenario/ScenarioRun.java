package io.lockgrid.statemachine.scenario;

import io.lockgrid.statemachine.Applied;
import io.lockgrid.statemachine.Batch;
import io.lockgrid.statemachine.Command;
import io.lockgrid.statemachine.Entry;
import io.lockgrid.statemachine.LockSpace;
import io.lockgrid.statemachine.Outcome;
import io.lockgrid.statemachine.codec.EntryCodec;
import io.lockgrid.statemachine.codec.SnapshotCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One scenario on its way: a lock space, and the stamp that the leader puts on the next entry. */
final class ScenarioRun {
    /** Batches that a scenario does not number itself come from this origin, one after the other. */
    private static final long OWN_ORIGIN = -1;

    private static final int EVENTS_SHOWN_MAX = 100;

    private LockSpace space = LockSpace.empty();
    private long stampMillis;
    private long wallMillis = 1_767_225_600_000L;
    private long sequence;
    private Optional<Batch> last = Optional.empty();

    /** Runs the input lines of one block. */
    List<String> run(List<String> input) {
        List<String> output = new ArrayList<>();
        for (int at = 0; at < input.size(); at++) {
            String line = input.get(at);
            if (!line.startsWith("batch ")) {
                runLine(line, output);
                continue;
            }
            List<Command> commands = new ArrayList<>();
            while (at + 1 < input.size() && input.get(at + 1).startsWith("  ")) {
                commands.add(Text.command(input.get(++at)));
            }
            String[] words = line.split("[ =]+", -1);
            apply(
                    Optional.of(new Batch(
                            Long.parseLong(words[2]), Long.parseLong(words[4]), Long.parseLong(words[6]), commands)),
                    output);
        }
        return output.isEmpty() ? List.of("nothing happens") : output;
    }

    private void runLine(String line, List<String> output) {
        String[] words = line.split(" +", 3);
        switch (words[0]) {
            case "at" -> tick(Text.millis(words[1]), output);
            case "wait" -> tick(space.clusterTimeMillis() + Text.millis(words[1]), output);
            case "tick" -> tick(stampMillis, output);
            case "stamp" -> stampMillis = Text.millis(words[1]);
            case "wall-clock" -> wallMillis = Text.millis(words[1]);
            case "again" -> apply(last, output);
            case "snapshot-and-restore" -> space = restored(space);
            case "time" -> output.add("clusterTime " + Text.time(space.clusterTimeMillis()));
            case "lock" ->
                output.addAll(space.lock(Text.lock(words[1])).map(Text::lines).orElse(List.of("unknown")));
            case "access-tokens" -> {
                output.add("access tokens: " + space.accessTokens().size());
                space.accessTokens().stream().limit(10).forEach(token -> output.add(Text.line(token)));
            }
            case "access-token" ->
                output.add(
                        space.accessToken(Text.hash(words[1])).map(Text::line).orElse("unknown"));
            case "grid" -> output.add(counts());
            case "origins" -> origins(words[1], Text.command(words[2]), output);
            case "times" -> times(Integer.parseInt(words[1]), words[2], output);
            default -> apply(Optional.of(batchOf(List.of(Text.command(line)))), output);
        }
    }

    private void tick(long millis, List<String> output) {
        stampMillis = millis;
        apply(Optional.empty(), output);
    }

    private void apply(Optional<Batch> batch, List<String> output) {
        Applied applied = step(batch);
        applied.outcomes().forEach(outcome -> output.add(Text.outcome(outcome)));
        if (applied.events().size() > EVENTS_SHOWN_MAX) {
            output.add("  * " + applied.events().size() + " events");
        } else {
            applied.events().forEach(event -> output.add(Text.event(event)));
        }
    }

    private Applied step(Optional<Batch> batch) {
        byte[] bytes = EntryCodec.encode(new Entry(stampMillis, wallMillis, batch));
        Applied applied = space.apply(EntryCodec.decode(ByteBuffer.wrap(bytes)));
        space = applied.next();
        last = batch.or(() -> last);
        return applied;
    }

    private Batch batchOf(List<Command> commands) {
        sequence++;
        return new Batch(OWN_ORIGIN, sequence, sequence, commands);
    }

    /** The same line many times, with {@code #} replaced by 1, 2, 3 and so on. */
    private void times(int times, String line, List<String> output) {
        List<Outcome> answers = new ArrayList<>();
        for (int start = 1; start <= times; start += 1_000) {
            List<Command> commands = new ArrayList<>();
            for (int number = start; number < start + 1_000 && number <= times; number++) {
                commands.add(Text.command(line.replace("#", Integer.toString(number))));
            }
            answers.addAll(step(Optional.of(batchOf(commands))).outcomes());
        }
        count(answers, output);
    }

    /** The same command as the first batch of each origin in a range such as {@code 1..64}. */
    private void origins(String range, Command command, List<String> output) {
        String[] ends = range.split("\\.\\.", -1);
        List<Outcome> answers = new ArrayList<>();
        for (long origin = Long.parseLong(ends[0]); origin <= Long.parseLong(ends[1]); origin++) {
            answers.addAll(
                    step(Optional.of(new Batch(origin, 1, 1, List.of(command)))).outcomes());
        }
        count(answers, output);
    }

    private static void count(List<Outcome> answers, List<String> output) {
        Map<String, Integer> byKind = new TreeMap<>();
        for (Outcome answer : answers) {
            String[] words = Text.outcome(answer).split(" ", -1);
            byKind.merge(words[0].equals("refused") ? words[0] + " " + words[1] : words[0], 1, Integer::sum);
        }
        byKind.forEach((kind, number) -> output.add(number + " x " + kind));
    }

    private String counts() {
        return "locks=" + space.lockCount() + " held=" + space.heldCount() + " waiters=" + space.waiterCount()
                + " ended=" + space.endedCount() + " keys=" + space.requestKeyCount() + " token=" + space.lastToken();
    }

    private static LockSpace restored(LockSpace space) {
        try {
            var bytes = new ByteArrayOutputStream();
            SnapshotCodec.write(space, bytes);
            return SnapshotCodec.read(new ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
