package io.lockgrid.http.opensearch;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of nodes to wait for, as OpenSearch writes it: {@code 3}, {@code >=3}, {@code ge(3)}, {@code <5}. */
record NodeCount(int least, int most) {
    static final NodeCount ANY = new NodeCount(0, Integer.MAX_VALUE);

    private static final Pattern FORM = Pattern.compile("(>=|<=|>|<|)(\\d{1,6})|(ge|le|gt|lt)\\((\\d{1,6})\\)");

    static NodeCount parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw OpenSearchReplies.illegalArgument(
                    "[wait_for_nodes] must be a number, or one after >=, >, <= or <, not [" + text + "]");
        }
        boolean isSign = form.group(2) != null;
        int number = Integer.parseInt(isSign ? form.group(2) : form.group(4));
        return switch (isSign ? form.group(1) : form.group(3)) {
            case ">=", "ge" -> new NodeCount(number, Integer.MAX_VALUE);
            case ">", "gt" -> new NodeCount(number + 1, Integer.MAX_VALUE);
            case "<=", "le" -> new NodeCount(0, number);
            case "<", "lt" -> new NodeCount(0, number - 1);
            default -> new NodeCount(number, number);
        };
    }

    boolean isMet(int nodes) {
        return nodes >= least && nodes <= most;
    }
}
