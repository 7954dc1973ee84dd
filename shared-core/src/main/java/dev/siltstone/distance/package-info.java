/**
 * How near two embeddings are. A {@link dev.siltstone.distance.VectorTable} holds float32 vectors
 * at a fixed stride in native memory (a mapped file, or a {@link
 * dev.siltstone.distance.VectorBuffer} of fresh writes); a {@link
 * dev.siltstone.distance.QueryScorer} compares one query with its rows, four at a time, through the
 * {@link dev.siltstone.distance.DistanceKernel} that {@link dev.siltstone.distance.KernelChoice}
 * found best for this JVM, or through a {@link dev.siltstone.distance.PrimedKernel} until that one
 * is compiled. Knows only the JDK.
 *
 * <p>Every stored vector is followed by zeros up to a multiple of {@link
 * dev.siltstone.distance.VectorTable#LANES} floats, so that kernels read whole SIMD registers and
 * need no loop for a tail.
 */
@NullMarked
package dev.siltstone.distance;

import org.jspecify.annotations.NullMarked;
