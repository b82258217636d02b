/** The {@code bench} command, and the JMH benchmarks of the rules and their codecs. */
@NullMarked
package io.lockgrid.bench;

import org.jspecify.annotations.NullMarked;
