/**
 * How near two embeddings are. A {@link dev.siltstone.distance.VectorTable} holds float32 vectors
 * in native memory: fresh writes whole, as a {@link dev.siltstone.distance.FloatTable}; those of a
 * mapped file as a {@link dev.siltstone.distance.SplitTable}, codes apart from the rest. A {@link
 * dev.siltstone.distance.QueryScorer} compares one query with rows, four at a time, through the
 * {@link dev.siltstone.distance.DistanceKernel} that {@link dev.siltstone.distance.KernelChoice}
 * found best for this JVM, or through a {@link dev.siltstone.distance.PrimedKernel} until that one
 * is compiled. Knows only the JDK.
 *
 * <p>Why codes: at 100,000 rows a comparison costs what the memory costs that it reads, and 8 bits
 * a value tell neighbors of model embeddings apart well enough to walk by. {@link
 * dev.siltstone.distance.Rounding} bounds what an estimate from codes may be off by, so that exact
 * answers need few whole vectors.
 *
 * <p>Every stored vector is padded to a multiple of {@link
 * dev.siltstone.distance.VectorTable#LANES} values, with such that make no difference, so that
 * kernels read whole SIMD registers and need no loop for a tail.
 */
@NullMarked
package dev.siltstone.distance;

import org.jspecify.annotations.NullMarked;
