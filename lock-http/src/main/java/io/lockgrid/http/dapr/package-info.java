/** The Dapr distributed lock API, alpha1, as the Dapr runtime serves it since 1.11. */
@NullMarked
package io.lockgrid.http.dapr;

import org.jspecify.annotations.NullMarked;
