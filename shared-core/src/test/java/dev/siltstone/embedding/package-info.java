@NullMarked
package dev.siltstone.embedding;

import org.jspecify.annotations.NullMarked;
