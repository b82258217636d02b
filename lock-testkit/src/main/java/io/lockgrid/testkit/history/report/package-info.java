/** What a failed check is shown by: the smallest history of one lock that still fails it, as text and as a picture. */
@NullMarked
package io.lockgrid.testkit.history.report;

import org.jspecify.annotations.NullMarked;
