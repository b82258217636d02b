@NullMarked
package io.lockgrid.testkit.log;

import org.jspecify.annotations.NullMarked;
