/** The one collection that the library does not have: an ordered, counted, persistent tree. */
@NullMarked
package io.lockgrid.statemachine.collection;

import org.jspecify.annotations.NullMarked;
