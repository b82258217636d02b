package io.lockgrid.testkit.run;

import java.util.Locale;

/** What nodes run in. */
public enum Hosts {
    /** Processes of this machine, on its loopback address. */
    PROCESSES,
    /** Containers, each with a network of its own, in which packets can be cut and lost. */
    CONTAINERS;

    /** As it is called on a command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
