package io.lockgrid.testkit.history.model;

import java.util.Arrays;

/** An immutable set of small numbers. */
final class Numbers {
    static final Numbers NONE = new Numbers(new long[0]);

    private final long[] words;

    private Numbers(long[] words) {
        this.words = words;
    }

    boolean contains(int number) {
        int word = number / Long.SIZE;
        return word < words.length && (words[word] & 1L << number) != 0;
    }

    Numbers with(int number) {
        int word = number / Long.SIZE;
        long[] next = Arrays.copyOf(words, Math.max(words.length, word + 1));
        next[word] |= 1L << number;
        return new Numbers(next);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Numbers numbers && Arrays.equals(words, numbers.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }
}
