/** From commands to log entries and back: batching, one batch applied once, reads behind a barrier. */
@NullMarked
package io.lockgrid.node.pipeline;

import org.jspecify.annotations.NullMarked;
