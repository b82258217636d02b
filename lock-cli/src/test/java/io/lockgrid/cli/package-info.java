@NullMarked
package io.lockgrid.cli;

import org.jspecify.annotations.NullMarked;
