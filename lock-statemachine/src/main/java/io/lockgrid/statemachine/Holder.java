package io.lockgrid.statemachine;

/**
 * Who holds a lock or waits for it: a name that the client chose, within the API family that it spoke. The family is
 * part of it so that an owner name of one family never releases a lock taken through another.
 *
 * @param family the API family, e.g. {@code dapr}; 1 to {@link Limits#ID_BYTES_MAX} bytes
 * @param name the client's own name; 1 to {@link Limits#NAME_BYTES_MAX} bytes of UTF-8
 */
public record Holder(String family, String name) {
    /** @throws IllegalArgumentException if a part is empty, too long or not well-formed UTF-16 */
    public Holder {
        Limits.checkId("a family", family);
        Limits.checkName("a holder name", name);
    }

    @Override
    public String toString() {
        return family + ":" + name;
    }
}
