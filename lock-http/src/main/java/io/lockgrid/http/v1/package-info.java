/** LockGrid's own API, for what the published ones lack; errors are problem details (RFC 9457). */
@NullMarked
package io.lockgrid.http.v1;

import org.jspecify.annotations.NullMarked;
