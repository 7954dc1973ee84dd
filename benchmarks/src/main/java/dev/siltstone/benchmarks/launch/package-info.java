/**
 * How long a process takes from its launch to the first answer of an index that is already on disk,
 * with an ahead-of-time cache and without: {@link dev.siltstone.benchmarks.launch.LaunchBenchmark}
 * builds the index and starts {@link dev.siltstone.benchmarks.launch.FirstAnswer} again and again.
 */
@NullMarked
package dev.siltstone.benchmarks.launch;

import org.jspecify.annotations.NullMarked;
