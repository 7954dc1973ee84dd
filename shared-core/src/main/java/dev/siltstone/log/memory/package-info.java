/** The log in memory, for tests and fault simulation. */
@NullMarked
package dev.siltstone.log.memory;

import org.jspecify.annotations.NullMarked;
