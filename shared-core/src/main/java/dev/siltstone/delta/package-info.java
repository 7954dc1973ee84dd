/** One immutable file of operations: a self-contained SQLite database, compressed with zstd. */
@NullMarked
package dev.siltstone.delta;

import org.jspecify.annotations.NullMarked;
