/** First figures of the whole pipeline in one process, over the embedded family. */
@NullMarked
package dev.siltstone.benchmarks.pipeline;

import org.jspecify.annotations.NullMarked;
