/** Text to vector: the seam and what a collection remembers of it. */
@NullMarked
package dev.siltstone.embedding;

import org.jspecify.annotations.NullMarked;
