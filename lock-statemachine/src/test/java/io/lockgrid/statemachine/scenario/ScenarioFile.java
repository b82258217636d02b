package io.lockgrid.statemachine.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The text of a scenario: blocks of input lines, a line {@code ----}, and the expected output up to the next empty
 * line. Lines that start with {@code #} outside of an expectation, and empty lines, are for the reader.
 */
record ScenarioFile(List<Part> parts) {
    private static final String DIVIDER = "----";

    sealed interface Part {
        /** A comment or an empty line. */
        record Prose(String line) implements Part {}

        record Block(int lineNumber, List<String> input, List<String> expected) implements Part {}
    }

    static ScenarioFile parse(List<String> lines) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < lines.size()) {
            String line = lines.get(at);
            if (line.isBlank() || line.startsWith("#")) {
                parts.add(new Part.Prose(line));
                at++;
                continue;
            }
            int start = at;
            while (at < lines.size() && !lines.get(at).equals(DIVIDER)) {
                if (lines.get(at).isBlank()) {
                    throw new IllegalArgumentException("line " + (at + 1) + ": no '" + DIVIDER + "' after the input");
                }
                at++;
            }
            List<String> input = lines.subList(start, at);
            int expectedFrom = Math.min(at + 1, lines.size());
            at = expectedFrom;
            while (at < lines.size() && !lines.get(at).isBlank()) {
                at++;
            }
            parts.add(new Part.Block(start + 1, input, lines.subList(expectedFrom, at)));
        }
        return new ScenarioFile(parts);
    }

    List<Part.Block> blocks() {
        return parts.stream()
                .filter(Part.Block.class::isInstance)
                .map(Part.Block.class::cast)
                .toList();
    }

    /** The same file with other expectations. */
    String rewritten(Function<Part.Block, List<String>> actual) {
        List<String> lines = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case Part.Prose(String line) -> lines.add(line);
                case Part.Block block -> {
                    lines.addAll(block.input());
                    lines.add(DIVIDER);
                    lines.addAll(actual.apply(block));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
