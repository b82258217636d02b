/** The leader's clock, and the pulse that carries it into the log when no command does. */
@NullMarked
package io.lockgrid.node.clock;

import org.jspecify.annotations.NullMarked;
