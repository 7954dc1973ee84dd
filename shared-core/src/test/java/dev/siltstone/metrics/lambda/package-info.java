@NullMarked
package dev.siltstone.metrics.lambda;

import org.jspecify.annotations.NullMarked;
