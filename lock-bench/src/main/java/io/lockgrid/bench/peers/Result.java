package io.lockgrid.bench.peers;

/**
 * One measurement.
 *
 * @param round from 1
 * @param contender its name
 * @param load that it was under
 * @param outcome what it showed
 */
record Result(int round, String contender, Load load, Outcome outcome) {}
