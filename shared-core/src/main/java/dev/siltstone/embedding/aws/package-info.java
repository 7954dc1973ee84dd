/** Embeddings from models that Amazon Bedrock hosts. */
@NullMarked
package dev.siltstone.embedding.aws;

import org.jspecify.annotations.NullMarked;
