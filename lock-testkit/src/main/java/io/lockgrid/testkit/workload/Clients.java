package io.lockgrid.testkit.workload;

import io.lockgrid.testkit.fault.ClientGate;
import io.lockgrid.testkit.history.History;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The clients of a run. What they choose depends on the seed alone; when they do it, on the machine. */
public final class Clients {
    /** Shorter than a node takes to give up: some answers come too late, and few wait long at a dead end. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** Longer than that: somebody has to hear what nodes say of what they gave up. */
    private static final Duration GREAT_PATIENCE = Duration.ofSeconds(6);

    /** Not a multiple of the number of nodes. */
    private static final int PATIENT_ONES = 4;

    /** Some hundred calls a second in all: two processors carry the nodes beside the clients, and a checker follows. */
    private static final int REST_MILLIS_MIN = 15;

    private static final int REST_MILLIS_MAX = 60;
    private static final int WORK_MILLIS_MAX = 8;
    private static final int LOOK_MILLIS_MIN = 200;
    private static final int LOOK_MILLIS_MAX = 300;
    private static final int CLEAR_MILLIS_MIN = 1_000;
    private static final int CLEAR_MILLIS_MAX = 3_000;

    private final Workload workload;
    private final GridHttp http;
    private final History history;
    private final ClientGate gate;
    private final long seed;
    private final List<String> lockNames;
    private final Map<String, Register> registers;
    private int started;

    /**
     * Clients that do not run yet.
     *
     * @param gate where they pass while they hold a lock
     */
    public Clients(Workload workload, GridHttp http, History history, ClientGate gate, long seed) {
        this.workload = workload;
        this.http = http;
        this.history = history;
        this.gate = gate;
        this.seed = seed;
        this.lockNames = IntStream.rangeClosed(1, workload.locks())
                .mapToObj(i -> "lock" + i)
                .toList();
        this.registers = (workload.hasRegisters() ? lockNames : List.<String>of())
                .stream()
                        .collect(Collectors.toMap(
                                Function.identity(),
                                name -> new Register(name, workload == Workload.REGISTER_GUARDED, history)));
    }

    /** The locks that they use. */
    public List<String> lockNames() {
        return lockNames;
    }

    /** Starts them, and one that looks on, one that clears, and one that releases what is not its own. */
    public void start(Load load) {
        start(load, workload.daprClients(), (name, habits) -> new DaprClient(next(), history, name, habits));
        start(load, workload.sfpClients(), (name, habits) -> new SfpClient(next(), history, name, habits));
        start(
                load,
                workload.openSearchClients(),
                (name, habits) -> new OpenSearchClient(next(), history, name, habits));
        Observer observer = new Observer(next(), history);
        load.repeat(() -> {
            for (String lockName : lockNames) {
                observer.isBusy(lockName);
                observer.lookThroughOpenSearch(lockName);
            }
            Pace.pause(LOOK_MILLIS_MIN, LOOK_MILLIS_MAX);
        });
        startClearer(load);
        startThief(load);
    }

    /** Whoever it is: others may end all claims to a lock by force at any time. */
    private void startClearer(Load load) {
        Habits habits = habits();
        SfpClient clearer = new SfpClient(next(), history, "clearer", habits);
        load.start(
                lockName -> {
                    Pace.pause(habits.random(), CLEAR_MILLIS_MIN, CLEAR_MILLIS_MAX);
                    clearer.clear(lockName);
                },
                lockNames,
                habits.random());
    }

    /** It holds nothing, and nothing may end by its unlocks. */
    private void startThief(Load load) {
        Habits habits = habits();
        DaprClient thief = new DaprClient(next(), history, "thief", habits);
        load.start(
                lockName -> {
                    thief.unlock(lockName, "thief-" + System.nanoTime());
                    Pace.pause(habits.random(), LOOK_MILLIS_MIN, LOOK_MILLIS_MAX);
                },
                lockNames,
                habits.random());
    }

    private void start(Load load, int count, BiFunction<String, Habits, LockClient> client) {
        for (int i = 1; i <= count; i++) {
            Habits habits = habits();
            load.start(client.apply(Integer.toString(i), habits), lockNames, habits.random());
        }
    }

    /** Spread over the nodes; one in four is patient, at one node after the other. */
    private GridHttp next() {
        return http.staying(started, started % PATIENT_ONES == 0 ? GREAT_PATIENCE : PATIENCE);
    }

    private Habits habits() {
        Random random = new Random(seed * 1_000 + ++started);
        return new Habits(
                workload.leaseSeconds(), random, REST_MILLIS_MIN, REST_MILLIS_MAX, true, hold -> work(hold, random));
    }

    private void pass() {
        try {
            gate.pass();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while it stood still", e);
        }
    }

    private void work(Hold hold, Random random) {
        Register register = registers.get(hold.lockName());
        if (register == null) {
            Pace.pause(random, 0, WORK_MILLIS_MAX);
            pass();
            return;
        }
        long readNanos = System.nanoTime();
        OptionalLong read = register.read(hold.token());
        Pace.pause(random, 0, WORK_MILLIS_MAX);
        pass();
        read.ifPresent(value -> register.write(hold, value, readNanos));
    }
}
