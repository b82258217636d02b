/** Who calls and what they may do. Decided here for all families; each of them only words it in its own shape. */
@NullMarked
package io.lockgrid.http.auth;

import org.jspecify.annotations.NullMarked;
