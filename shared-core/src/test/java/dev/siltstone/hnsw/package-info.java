@NullMarked
package dev.siltstone.hnsw;

import org.jspecify.annotations.NullMarked;
