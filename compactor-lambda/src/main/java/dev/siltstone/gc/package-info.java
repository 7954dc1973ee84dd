/**
 * What nobody needs any more goes. {@link dev.siltstone.gc.RetentionPolicy} says which older
 * snapshots stay readable; every publish applies it and writes down when a snapshot left.
 */
@NullMarked
package dev.siltstone.gc;

import org.jspecify.annotations.NullMarked;
