/** Other lock services beside LockGrid: started here, measured in turn, compared. */
@NullMarked
package io.lockgrid.bench.peers;

import org.jspecify.annotations.NullMarked;
