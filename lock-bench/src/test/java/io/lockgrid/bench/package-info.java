@NullMarked
package io.lockgrid.bench;

import org.jspecify.annotations.NullMarked;
