/**
 * Text to vector: the seam {@link dev.siltstone.embedding.EmbeddingFunction} and what a deployment
 * has of it, {@link dev.siltstone.embedding.EmbeddingFunctions}. Which functions there are is
 * decided by configuration, never by a request: what a client says about its own function is stored
 * and echoed, and no code follows from it.
 */
@NullMarked
package dev.siltstone.embedding;

import org.jspecify.annotations.NullMarked;
