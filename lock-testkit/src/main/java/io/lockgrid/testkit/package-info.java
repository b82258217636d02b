/** What tests of several modules share. */
@NullMarked
package io.lockgrid.testkit;

import org.jspecify.annotations.NullMarked;
