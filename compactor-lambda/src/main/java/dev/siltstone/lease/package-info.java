/** One compactor at a time per collection, and an epoch that proves it. */
@NullMarked
package dev.siltstone.lease;

import org.jspecify.annotations.NullMarked;
