package io.lockgrid.statemachine;

/**
 * Names a lock: a namespace and a name in it, each of 1 to {@link Limits#NAME_BYTES_MAX} bytes of UTF-8.
 *
 * <p>A class rather than a record because it keeps its hash: it is the key of the largest map there is.
 */
public final class LockName {
    private final String namespace;
    private final String name;
    private final int hash;

    /** @throws IllegalArgumentException if a part is empty, too long or not well-formed UTF-16 */
    public LockName(String namespace, String name) {
        this.namespace = Limits.checkName("a namespace", namespace);
        this.name = Limits.checkName("a lock name", name);
        this.hash = 31 * namespace.hashCode() + name.hashCode();
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof LockName that
                        && hash == that.hash
                        && name.equals(that.name)
                        && namespace.equals(that.namespace));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
