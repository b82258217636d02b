package io.lockgrid.http.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent decoding (RFC 3986), strict: a broken escape or bytes that are not UTF-8 are no text at all. */
public final class Percent {
    private Percent() {}

    /**
     * Decodes a part of a path or a query.
     *
     * @param text as it stood in the request line
     * @param plusIsSpace whether {@code +} means a space, as in a query
     * @return the decoded text, or null if it cannot be decoded
     */
    public static @Nullable String decode(String text, boolean plusIsSpace) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c != '%' && (c != '+' || !plusIsSpace) && c < 0x80;
        }
        if (plain) {
            return text;
        }
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            int c = text.charAt(i);
            if (c == '%') {
                c = octet(text, i + 1);
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                c = ' ';
            }
            // The server reads a request line byte by byte, so a character beyond a byte cannot come from the wire.
            if (c < 0 || c > 0xff) {
                return null;
            }
            bytes[length++] = (byte) c;
        }
        return utf8(bytes, length);
    }

    /**
     * The first value of a parameter of a query, or null if it is not there. A parameter that cannot be decoded is
     * passed over, as Go's {@code url.Query} does.
     *
     * @param query with its escapes, without the question mark
     */
    public static @Nullable String parameter(String query, String name) {
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            String key = decode(equals < 0 ? part : part.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(part.substring(equals + 1), true);
            if (name.equals(key) && value != null) {
                return value;
            }
        }
        return null;
    }

    /** The text of bytes, or null if they are not UTF-8. */
    static @Nullable String utf8(byte[] bytes, int length) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int octet(String text, int at) {
        if (at + 2 > text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
