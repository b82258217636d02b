/** What a stopped node left on its disk: read, compared with the other nodes', and damaged on purpose. */
@NullMarked
package io.lockgrid.testkit.log;

import org.jspecify.annotations.NullMarked;
