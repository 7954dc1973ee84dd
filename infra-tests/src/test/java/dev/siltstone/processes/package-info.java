/** Siltstone as real processes: started, killed, stopped, looked at from outside. */
@NullMarked
package dev.siltstone.processes;

import org.jspecify.annotations.NullMarked;
