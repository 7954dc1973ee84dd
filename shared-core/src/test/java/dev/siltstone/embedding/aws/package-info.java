@NullMarked
package dev.siltstone.embedding.aws;

import org.jspecify.annotations.NullMarked;
