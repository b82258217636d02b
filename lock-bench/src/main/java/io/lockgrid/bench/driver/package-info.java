/** The loop that asks: clients, their pace, and the recording of how long everything took. */
@NullMarked
package io.lockgrid.bench.driver;

import org.jspecify.annotations.NullMarked;
