/** Programs that print figures. */
@NullMarked
package dev.siltstone.benchmark;

import org.jspecify.annotations.NullMarked;
