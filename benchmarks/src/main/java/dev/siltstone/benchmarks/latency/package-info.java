/**
 * How long a caller waits in an AWS account, on this machine: the embedded services behind a wire
 * ({@link dev.siltstone.benchmarks.latency.FarServices}) that takes as long as theirs do, by
 * distributions that are stated there, and a link of bounded bandwidth. {@link
 * dev.siltstone.benchmarks.latency.PathLatency} drives the real write path, read path and compactor
 * over it.
 */
@NullMarked
package dev.siltstone.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
