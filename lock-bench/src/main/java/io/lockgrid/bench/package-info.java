/** JMH benchmarks of the rules. */
@NullMarked
package io.lockgrid.bench;

import org.jspecify.annotations.NullMarked;
