/**
 * The default embedding function of the local mode: all-MiniLM-L6-v2, inside this process. A text
 * becomes word pieces ({@link dev.siltstone.local.embedding.WordPieceTokenizer}), these a vector
 * ({@link dev.siltstone.local.embedding.MiniLmModel}). Kept out of the shared module, so that no
 * Lambda artifact carries a model it does not use.
 */
@NullMarked
package dev.siltstone.local.embedding;

import org.jspecify.annotations.NullMarked;
