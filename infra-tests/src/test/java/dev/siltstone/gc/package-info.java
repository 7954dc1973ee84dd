/** The garbage collector over both families, with crashes, sleepers and readers in its way. */
@NullMarked
package dev.siltstone.gc;

import org.jspecify.annotations.NullMarked;
