/** Certificates for tests, made anew each time, so that none ever expires. */
@NullMarked
package io.lockgrid.testkit.tls;

import org.jspecify.annotations.NullMarked;
