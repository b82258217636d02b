/** Certificates and keys in PEM files, for the HTTP port and for the port between nodes; read anew when they change. */
@NullMarked
package io.lockgrid.http.tls;

import org.jspecify.annotations.NullMarked;
