@NullMarked
package dev.siltstone.embedding.openai;

import org.jspecify.annotations.NullMarked;
