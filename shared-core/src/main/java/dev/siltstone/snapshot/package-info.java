/** Which segments make a version of a collection, and the one atomic swap that publishes it. */
@NullMarked
package dev.siltstone.snapshot;

import org.jspecify.annotations.NullMarked;
