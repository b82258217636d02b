@NullMarked
package io.lockgrid.bench.workload;

import org.jspecify.annotations.NullMarked;
