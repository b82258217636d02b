@NullMarked
package io.lockgrid.bench.peers;

import org.jspecify.annotations.NullMarked;
