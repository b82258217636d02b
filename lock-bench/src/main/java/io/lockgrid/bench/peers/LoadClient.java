package io.lockgrid.bench.peers;

import java.util.List;
import java.util.Optional;

/** A program that puts a load on servers, measures it, and writes what it found. */
interface LoadClient {
    /** Says in a line what is missing and how to get it; empty if nothing is. */
    Optional<String> lack();

    /** What starts it, without the options that all such programs have. */
    List<String> command(RunningSystem servers, Load load);
}
