/** Embeddings from any server that speaks OpenAI's {@code POST /embeddings}. */
@NullMarked
package dev.siltstone.embedding.openai;

import org.jspecify.annotations.NullMarked;
