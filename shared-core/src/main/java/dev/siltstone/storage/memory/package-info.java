/** Objects in memory, for tests and fault simulation. */
@NullMarked
package dev.siltstone.storage.memory;

import org.jspecify.annotations.NullMarked;
