package io.lockgrid.testkit.history.model;

/**
 * A request for the lock.
 *
 * @param number tells it from all others of the lock, from 0
 * @param family API that it came through
 * @param holder name that it came under
 * @param leaseMillis lease that it asks for, from its grant
 * @param id as the grid calls it, empty if nobody was told
 * @param token of its grant, 0 if nobody was told
 */
public record Ticket(int number, String family, String holder, long leaseMillis, String id, long token) {
    /** Whether this is the holder's name as an API shows it: others' names have their family before them. */
    public boolean isShownAs(String name) {
        return name.equals(holder) || name.equals(family + ":" + holder);
    }

    @Override
    public String toString() {
        return family + ":" + holder + (token == 0 ? "" : " (token " + token + ")");
    }
}
