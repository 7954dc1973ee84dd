/** What the files of a segment cost. */
@NullMarked
package dev.siltstone.benchmarks.segment;

import org.jspecify.annotations.NullMarked;
