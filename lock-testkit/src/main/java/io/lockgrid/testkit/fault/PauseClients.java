package io.lockgrid.testkit.fault;

import java.util.List;

/** Clients that have just got a lock stand still, and go on long after their leases. */
record PauseClients(int clientsMax) implements Fault {
    @Override
    public String name() {
        return "pause-clients";
    }

    @Override
    public void inject(FaultContext context) {
        context.begin(this, List.of(), "the next " + clientsMax + " clients that get a lock");
        context.gate().shut(clientsMax);
    }
}
