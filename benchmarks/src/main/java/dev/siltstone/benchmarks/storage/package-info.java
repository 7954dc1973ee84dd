/** Programs that print figures. */
@NullMarked
package dev.siltstone.benchmarks.storage;

import org.jspecify.annotations.NullMarked;
