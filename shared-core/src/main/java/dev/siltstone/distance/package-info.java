/**
 * How near two embeddings are. A {@link dev.siltstone.distance.VectorTable} holds float32 vectors
 * in native memory: fresh writes whole, as a {@link dev.siltstone.distance.FloatTable}; those of a
 * mapped file as a {@link dev.siltstone.distance.HalvedTable}, upper halves apart from lower ones.
 * A {@link dev.siltstone.distance.QueryScorer} compares one query with rows, four at a time,
 * through the {@link dev.siltstone.distance.DistanceKernel} that {@link
 * dev.siltstone.distance.KernelChoice} found best for this JVM, or through a {@link
 * dev.siltstone.distance.PrimedKernel} until that one is compiled. Knows only the JDK.
 *
 * <p>Why halves: at 100,000 rows a comparison costs what the memory costs that it reads, and
 * bfloat16 tells neighbors of model embeddings apart as well as float32 does. {@link
 * dev.siltstone.distance.Rounding} bounds what an estimate from upper halves may be off by, so that
 * exact answers need few lower halves.
 *
 * <p>Every stored vector is followed by zeros up to a multiple of {@link
 * dev.siltstone.distance.VectorTable#LANES} values, so that kernels read whole SIMD registers and
 * need no loop for a tail.
 */
@NullMarked
package dev.siltstone.distance;

import org.jspecify.annotations.NullMarked;
