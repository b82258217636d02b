/** Clients of a cluster that record what they ask and are told. Start at {@link LockClient}. */
@NullMarked
package io.lockgrid.testkit.workload;

import org.jspecify.annotations.NullMarked;
