package io.lockgrid.http.wire;

import java.security.SecureRandom;

/**
 * Makes ticket ids: 128 bits that nobody can guess, since who knows a ticket may release it, written in 26 characters
 * of Crockford's base 32 (lower case), which are safe in a URL and hard to misread. For one event loop.
 */
public final class TicketIds {
    private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int LENGTH = 26;
    private static final int BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    /** Drawn for many ids at once: the generator costs per call far more than per byte. */
    private final byte[] drawn = new byte[BYTES * 256];

    private int used = drawn.length;

    /** One that was never returned before. */
    public String next() {
        if (used == drawn.length) {
            random.nextBytes(drawn);
            used = 0;
        }
        char[] text = new char[LENGTH];
        int bits = 0;
        int bitCount = 0;
        int from = used;
        for (int i = 0; i < LENGTH; i++) {
            while (bitCount < 5 && from < used + BYTES) {
                bits = (bits << 8 | (drawn[from++] & 0xff)) & 0xffff;
                bitCount += 8;
            }
            // The last character holds the 3 bits that are left, at its upper end.
            int five = bitCount >= 5 ? bits >>> (bitCount - 5) : bits << (5 - bitCount);
            text[i] = ALPHABET[five & 31];
            bitCount = Math.max(0, bitCount - 5);
        }
        used += BYTES;
        return new String(text);
    }
}
