@NullMarked
package io.lockgrid.bench.driver;

import org.jspecify.annotations.NullMarked;
