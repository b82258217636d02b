package io.lockgrid.testkit.history;

/**
 * What the holder of a lock did to the register that the lock guards: it read a value, and wrote one back under its
 * token.
 *
 * @param register name of the register
 * @param guarded whether the register rejects tokens that are smaller than the largest one it has seen
 * @param holder the claim under which it was written
 * @param token of that claim's grant
 * @param read value that was read, and from which {@code written} was made
 * @param written value that was to be written; no two writes of a register have the same
 * @param accepted whether the register took it
 * @param sequence place of the write among all of this register, as the register saw them, from 1
 */
public record RegisterWrite(
        String register,
        boolean guarded,
        String process,
        String holder,
        long token,
        long readNanos,
        long writtenNanos,
        long read,
        long written,
        boolean accepted,
        long sequence)
        implements Recorded {}
