/**
 * The index beside its peers: hnswlib-core, Lucene and JVector, and a native program if one is at
 * hand. {@link dev.siltstone.benchmarks.index.IndexBenchmark} draws or reads vectors, writes them
 * into a folder as {@link dev.siltstone.benchmarks.index.Workload}, and asks each peer in a process
 * of its own ({@link dev.siltstone.benchmarks.index.PeerProcess}), in alternating rounds: one
 * peer's compiled code cannot spoil another's, and what else the machine does meets all alike.
 *
 * <pre>
 * ./mvnw -q -DskipTests -pl benchmarks -am package
 * bin/benchmark dev.siltstone.benchmarks.index.IndexBenchmark --folder /tmp/index-benchmark
 * bin/benchmark dev.siltstone.benchmarks.index.IndexBenchmark --help
 * bin/benchmark org.openjdk.jmh.Main KernelBenchmark
 * bin/benchmark org.openjdk.jmh.Main KernelBenchmark -jvmArgsAppend -XX:TieredStopAtLevel=1
 * </pre>
 */
@NullMarked
package dev.siltstone.benchmarks.index;

import org.jspecify.annotations.NullMarked;
