/**
 * Rules of the product, broken on purpose in nodes that a test starts: what the checks must find. Each class is one
 * broken rule, {@link io.lockgrid.testkit.agent.mutant.Mutant} lists them. A class is woven into the product and never
 * run as it stands here.
 */
@NullMarked
package io.lockgrid.testkit.agent.mutant;

import org.jspecify.annotations.NullMarked;
