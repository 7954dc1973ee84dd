@NullMarked
package dev.siltstone.metrics;

import org.jspecify.annotations.NullMarked;
