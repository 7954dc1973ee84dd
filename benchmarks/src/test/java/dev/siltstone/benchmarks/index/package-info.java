@NullMarked
package dev.siltstone.benchmarks.index;

import org.jspecify.annotations.NullMarked;
