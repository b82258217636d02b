/** Connections to servers, and the lock APIs as a client speaks them. */
@NullMarked
package io.lockgrid.bench.wire;

import org.jspecify.annotations.NullMarked;
