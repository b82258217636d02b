/** The lock API of the OpenSearch Job Scheduler plugin, and the little of OpenSearch that its clients ask for. */
@NullMarked
package io.lockgrid.http.opensearch;

import org.jspecify.annotations.NullMarked;
