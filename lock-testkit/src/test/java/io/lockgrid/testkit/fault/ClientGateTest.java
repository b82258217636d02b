package io.lockgrid.testkit.fault;

import io.lockgrid.testkit.cluster.Await;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class ClientGateTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int CLIENTS = 10;
    private static final int HELD = 3;

    private final ClientGate gate = new ClientGate();
    private final AtomicInteger passed = new AtomicInteger();

    @Test
    void shutGateHoldsSoManyClientsUntilItOpens() {
        gate.shut(HELD);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CLIENTS; i++) {
                var unused = clients.submit(() -> {
                    gate.pass();
                    return passed.incrementAndGet();
                });
            }
            Await.until(() -> passed.get() == CLIENTS - HELD, SOON, () -> passed + " passed");
            gate.open();
            Await.until(() -> passed.get() == CLIENTS, SOON, () -> passed + " passed");
        }
    }

    /** Else the timeout fails it. */
    @Test
    void gateThatWasOpenedHoldsNobody() throws InterruptedException {
        gate.shut(1);
        gate.open();
        gate.pass();
    }
}
