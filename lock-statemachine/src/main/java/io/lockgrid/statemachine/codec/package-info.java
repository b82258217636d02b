/**
 * The bytes of entries, replies and snapshots. Nothing else knows them. Every form starts with a version; a decoder
 * that meets another version, a value out of range, or bytes left over throws
 * {@link io.lockgrid.statemachine.codec.FormatException} and never guesses.
 */
@NullMarked
package io.lockgrid.statemachine.codec;

import org.jspecify.annotations.NullMarked;
