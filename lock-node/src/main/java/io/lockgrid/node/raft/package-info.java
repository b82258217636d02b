/** Apache Ratis around the rules: settings, the state machine adapter, snapshots, and one try to reach the log. */
@NullMarked
package io.lockgrid.node.raft;

import org.jspecify.annotations.NullMarked;
