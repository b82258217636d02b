@NullMarked
package io.lockgrid.node;

import org.jspecify.annotations.NullMarked;
