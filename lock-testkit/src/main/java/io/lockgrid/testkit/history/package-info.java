/**
 * What clients of a real cluster were told, and whether that can be true. Start at {@link History}; each promise is one
 * class of {@code check}.
 */
@NullMarked
package io.lockgrid.testkit.history;

import org.jspecify.annotations.NullMarked;
