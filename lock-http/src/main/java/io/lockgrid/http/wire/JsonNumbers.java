package io.lockgrid.http.wire;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers that are written as JSON writes them (RFC 8259, section 6), also where they stand in a string. */
public final class JsonNumbers {
    /** As many characters as a number of JSON may have here. */
    private static final int LENGTH_MAX = 1_000;

    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,9})?");

    private JsonNumbers() {}

    /** The exact number, or null if the text is not one. Beware of its exponent: compare before writing it out. */
    public static @Nullable BigDecimal parse(String text) {
        if (text.length() > LENGTH_MAX || !NUMBER.matcher(text).matches()) {
            return null;
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            // The digits and the exponent together exceed what a BigDecimal can hold.
            return null;
        }
    }
}
