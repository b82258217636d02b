/** The lock API of the flxbl sfp server: tickets that queue for a resource of a repository. */
@NullMarked
package io.lockgrid.http.sfp;

import org.jspecify.annotations.NullMarked;
