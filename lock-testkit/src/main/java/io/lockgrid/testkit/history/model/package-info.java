/**
 * One lock as its rules are published, one operation after the other: what may be answered, and what is so afterwards.
 * Written from the documentation of {@code Command} and the scenarios, and shares no code with the product. Start at
 * {@link io.lockgrid.testkit.history.model.LockState}.
 */
@NullMarked
package io.lockgrid.testkit.history.model;

import org.jspecify.annotations.NullMarked;
