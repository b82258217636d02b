package io.lockgrid.testkit.workload;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the clients of a run do. */
public enum Workload {
    /** They try through the Dapr API. */
    DAPR(9, 0, 0),
    /** They queue through the sfp API. */
    SFP(0, 9, 0),
    /** They try through the OpenSearch API. */
    OPENSEARCH(0, 0, 9),
    /** They come through all three, for the same locks. */
    MIXED(4, 5, 4),
    /** The same, and each changes a register while it holds the lock, which rejects older fencing tokens. */
    REGISTER_GUARDED(3, 4, 3),
    /** The same, but the register takes every write: it loses updates when a holder stands still. */
    REGISTER_UNGUARDED(3, 4, 3);

    private final int daprClients;
    private final int sfpClients;
    private final int openSearchClients;

    Workload(int daprClients, int sfpClients, int openSearchClients) {
        this.daprClients = daprClients;
        this.sfpClients = sfpClients;
        this.openSearchClients = openSearchClients;
    }

    /** As it is called on a command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The workload of that label. */
    public static Optional<Workload> of(String label) {
        return Arrays.stream(values())
                .filter(each -> each.label().equals(label))
                .findFirst();
    }

    int daprClients() {
        return daprClients;
    }

    int sfpClients() {
        return sfpClients;
    }

    int openSearchClients() {
        return openSearchClients;
    }

    /** How many locks they share. */
    int locks() {
        return hasRegisters() ? 3 : 5;
    }

    /**
     * The lease that they ask for. Short, so that leases run out in a run. With registers, shorter than any pause of a
     * client; without, longer than the replacement of a leader takes, so that there are holders who outlive one.
     */
    int leaseSeconds() {
        return hasRegisters() ? 1 : 3;
    }

    boolean hasRegisters() {
        return this == REGISTER_GUARDED || this == REGISTER_UNGUARDED;
    }
}
