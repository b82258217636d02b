/** What a run found, for a terminal, a program and a page. */
@NullMarked
package io.lockgrid.bench.report;

import org.jspecify.annotations.NullMarked;
