/** Each promise as a check of its own; {@link io.lockgrid.testkit.history.check.Checks} has them all. */
@NullMarked
package io.lockgrid.testkit.history.check;

import org.jspecify.annotations.NullMarked;
