/** The HTTP edge of a node: one server for every API family. Start at {@link io.lockgrid.http.HttpApi}. */
@NullMarked
package io.lockgrid.http;

import org.jspecify.annotations.NullMarked;
