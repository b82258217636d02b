/**
 * A Java agent for nodes that a test starts: it crashes or troubles them at named points, and breaks rules on purpose.
 * The product's sources know nothing of it. Start at {@link io.lockgrid.testkit.agent.AgentJar} and
 * {@link io.lockgrid.testkit.agent.TestHooks}; {@link io.lockgrid.testkit.agent.Agent} is what runs in the node, with
 * nothing on the class path but this package and Byte Buddy.
 */
@NullMarked
package io.lockgrid.testkit.agent;

import org.jspecify.annotations.NullMarked;
