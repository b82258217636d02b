/** The port through which APIs reach the replicated lock space. */
@NullMarked
package io.lockgrid.statemachine.service;

import org.jspecify.annotations.NullMarked;
