/** What orchestrators ask a node: is it alive, does it serve. */
@NullMarked
package io.lockgrid.http.health;

import org.jspecify.annotations.NullMarked;
