package io.lockgrid.http.wire;

import java.util.ArrayList;
import java.util.List;

/** Reads the header {@code Prefer} (RFC 7240). What cannot be read is passed over, as the RFC has it. */
final class Prefer {
    private static final int DIGITS_MAX = 9;

    private Prefer() {}

    /**
     * The preference {@code wait}, in seconds; 0 if there is none. The first one counts.
     *
     * @param lines values of all header fields of this name, in order
     */
    static int waitSeconds(List<String> lines) {
        for (String line : lines) {
            for (String preference : split(line, ',')) {
                // What comes after a semicolon are parameters, which this preference has none of.
                String pair = split(preference, ';').getFirst();
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                if (name.strip().equalsIgnoreCase("wait")) {
                    return seconds(pair.substring(equals + 1).strip());
                }
            }
        }
        return 0;
    }

    private static int seconds(String value) {
        boolean isQuoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        String digits = isQuoted ? value.substring(1, value.length() - 1) : value;
        if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        return digits.length() > DIGITS_MAX ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    /** The parts between separators that are not within quotes. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean isQuoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == '\\' && isQuoted) {
                i++;
            } else if (c == separator && !isQuoted) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        parts.add(text.substring(start));
        return parts;
    }
}
