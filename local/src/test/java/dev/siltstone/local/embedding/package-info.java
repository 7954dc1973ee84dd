@NullMarked
package dev.siltstone.local.embedding;

import org.jspecify.annotations.NullMarked;
