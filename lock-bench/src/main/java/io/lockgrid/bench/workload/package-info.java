/** What the clients of a run do. */
@NullMarked
package io.lockgrid.bench.workload;

import org.jspecify.annotations.NullMarked;
