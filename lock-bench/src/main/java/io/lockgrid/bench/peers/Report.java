package io.lockgrid.bench.peers;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What a contest showed, as tables that Markdown shows too, and as JSON. */
final class Report {
    private final List<Contender> contenders;
    private final List<Load> loads;
    private final List<Result> results;
    private final Map<String, String> about;

    /** @param about what a reader must know of the run, by name */
    Report(List<Contender> contenders, List<Load> loads, List<Result> results, Map<String, String> about) {
        this.contenders = contenders;
        this.loads = loads;
        this.results = results;
        this.about = about;
    }

    /** All tables. */
    String tables() {
        StringBuilder text = new StringBuilder("\n");
        about.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append('\n'));
        List<Load> own = loads.stream().filter(load -> !load.isHot()).toList();
        if (!own.isEmpty()) {
            text.append("\nCycles a second, a lock for each client: median [lowest-highest], p99 of a cycle,"
                    + " and how many times as many LockGrid does\n\n");
            table(text, own, load -> load.clients() == 1 ? "1 client" : load.clients() + " clients", this::pace);
        }
        List<Load> hot = loads.stream().filter(Load::isHot).toList();
        if (!hot.isEmpty()) {
            text.append("\nOne lock for all clients: the same, and how long a hand-over takes, p50 / p99\n\n");
            table(text, hot, load -> load.clients() + " clients", this::handOver);
        }
        text.append("\nCPU seconds for 100,000 cycles: all servers + the client\n\n");
        table(text, loads, Load::toString, this::cost);
        return text.toString();
    }

    /** Writes all that was measured. */
    void writeJson(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(about);
        all.put("results", results);
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
    }

    private void table(StringBuilder text, List<Load> columns, Function<Load, String> title, Cell cell) {
        text.append("| System |");
        columns.forEach(load -> text.append(' ').append(title.apply(load)).append(" |"));
        text.append("\n|---|").append("---|".repeat(columns.size())).append('\n');
        for (Contender contender : contenders) {
            if (columns.stream().anyMatch(load -> !of(contender.name(), load).isEmpty())) {
                text.append("| ").append(contender.title()).append(" |");
                for (Load load : columns) {
                    List<Outcome> outcomes = of(contender.name(), load);
                    text.append(' ')
                            .append(outcomes.isEmpty() ? "–" : cell.text(contender, load, outcomes))
                            .append(" |");
                }
                text.append('\n');
            }
        }
    }

    private String pace(Contender contender, Load load, List<Outcome> outcomes) {
        return String.format(
                Locale.ROOT,
                "%,.0f [%,.0f-%,.0f], %s ms%s%s",
                median(outcomes, Outcome::perSecond),
                outcomes.stream().mapToDouble(Outcome::perSecond).min().orElseThrow(),
                outcomes.stream().mapToDouble(Outcome::perSecond).max().orElseThrow(),
                millis(median(outcomes, outcome -> outcome.cycle().p99())),
                ratio(contender, load, outcomes),
                errors(outcomes));
    }

    private String handOver(Contender contender, Load load, List<Outcome> outcomes) {
        return pace(contender, load, outcomes)
                + "; hand-over "
                + millis(median(outcomes, outcome -> outcome.handOver().p50()))
                + " / " + millis(median(outcomes, outcome -> outcome.handOver().p99())) + " ms";
    }

    private String cost(Contender contender, Load load, List<Outcome> outcomes) {
        return String.format(
                Locale.ROOT, "%.1f + %.1f", median(outcomes, Outcome::serverCpu), median(outcomes, Outcome::clientCpu));
    }

    /** How many times as many cycles LockGrid does. */
    private String ratio(Contender contender, Load load, List<Outcome> outcomes) {
        List<Outcome> ours = of(Contender.LOCKGRID, load);
        if (ours.isEmpty() || contender.name().equals(Contender.LOCKGRID)) {
            return "";
        }
        double times = median(ours, Outcome::perSecond) / median(outcomes, Outcome::perSecond);
        return String.format(Locale.ROOT, ", x %.2f", times);
    }

    private static String errors(List<Outcome> outcomes) {
        long errors = outcomes.stream().mapToLong(Outcome::errors).sum();
        return errors == 0 ? "" : ", " + errors + " errors";
    }

    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 10 ? "%.1f" : "%.0f", millis);
    }

    private List<Outcome> of(String contender, Load load) {
        return results.stream()
                .filter(result ->
                        result.contender().equals(contender) && result.load().equals(load))
                .map(Result::outcome)
                .toList();
    }

    private static double median(List<Outcome> outcomes, ToDoubleFunction<Outcome> value) {
        double[] sorted = outcomes.stream().mapToDouble(value).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    /** Writes what stands in one place of a table. */
    private interface Cell {
        String text(Contender contender, Load load, List<Outcome> outcomes);
    }
}
