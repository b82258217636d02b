package io.lockgrid.http.opensearch;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What somebody may have meant who wrote a name that nobody knows. */
final class Hints {
    /** Names that are at least so alike, 0 to 1, are worth a hint. */
    private static final double ALIKE_MIN = 0.5;

    /** No name that is known is as long as this, and comparing takes the product of the lengths. */
    private static final int LENGTH_MAX = 64;

    private Hints() {}

    private record Candidate(String name, double alike) {}

    /** The name in brackets, and the candidates that are like it, the likest first. */
    static String about(String unknown, Collection<String> candidates) {
        List<String> meant = unknown.length() > LENGTH_MAX
                ? List.of()
                : candidates.stream()
                        .map(name -> new Candidate(name, alike(unknown, name)))
                        .filter(candidate -> candidate.alike > ALIKE_MIN)
                        .sorted(Comparator.comparingDouble(Candidate::alike)
                                .reversed()
                                .thenComparing(Candidate::name))
                        .map(Candidate::name)
                        .toList();
        return "[" + unknown + "]"
                + switch (meant.size()) {
                    case 0 -> "";
                    case 1 -> " -> did you mean [" + meant.getFirst() + "]?";
                    default -> " -> did you mean any of " + meant + "?";
                };
    }

    /** 1 less the edits (insert, delete, replace) that lead from one to the other, as a part of the longer length. */
    private static double alike(String a, String b) {
        int[] edits = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            edits[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = edits[0];
            edits[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = edits[j];
                edits[j] = Math.min(replaced, 1 + Math.min(edits[j - 1], edits[j]));
            }
        }
        return 1 - (double) edits[b.length()] / Math.max(a.length(), b.length());
    }
}
