/** The description of every API that is served, for people, generators and test tools (OpenAPI 3.0). */
@NullMarked
package io.lockgrid.http.openapi;

import org.jspecify.annotations.NullMarked;
