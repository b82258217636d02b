/**
 * The {@code lockgrid} command. Start at {@link io.lockgrid.cli.Main}; each verb is a class. {@code node} is a thin
 * caller of {@link io.lockgrid.node.LockNode}, every other verb is a client over HTTP.
 */
@NullMarked
package io.lockgrid.cli;

import org.jspecify.annotations.NullMarked;
