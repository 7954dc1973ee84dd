/**
 * The vectors of one segment and the graph that searches them, in one file ({@code graph.hnsw})
 * that is memory-mapped and used in place. {@link dev.siltstone.hnsw.GraphFileWriter} makes it,
 * {@link dev.siltstone.hnsw.GraphFile} maps it, {@link dev.siltstone.hnsw.RowSearch} walks the
 * links and {@link dev.siltstone.hnsw.ExactScan} compares a query with all or some rows, the best
 * of them gather in {@link dev.siltstone.hnsw.TopK}. Walks and scans read 8-bit codes of vectors;
 * of all that they meet, the few that codes cannot tell from the nearest are then compared whole
 * ({@link dev.siltstone.hnsw.Shortlist}). So every distance that leaves this package is exact, and
 * an answer is the nearest of all rows met, not of those that fit into ef places.
 *
 * <h2>File format, version 3</h2>
 *
 * <p>Everything is little-endian; every section begins at a multiple of 64 bytes and is padded with
 * zeros. M is the header's {@code maxNeighbors}; without links M = 0 and the sections marked ° are
 * absent. Offsets follow from the header alone, see {@link dev.siltstone.hnsw.GraphLayout}.
 *
 * <pre>
 * header, 4,096 bytes, of which the first 64 are used
 *    0  byte[8]  magic "SILTGRPH"
 *    8  int32    version, 3
 *   12  int32    space: 0 l2, 1 cosine, 2 ip
 *   16  int32    dimension, values per vector
 *   20  int32    rows
 *   24  int32    maxNeighbors (M): links of a row on upper levels; on level 0 it has twice as many
 *   28  int32    efConstruction the graph was built with; 0 without links
 *   32  int32    entry row, where searches begin; -1 without links or rows
 *   36  int32    top level, the entry row's; 0 without links
 *   40  int32    upper lists: number of link lists above level 0
 *   44  float32  rounding: how far at most a vector and its codes are apart, see {@link
 *                dev.siltstone.distance.Rounding}; 0 if vectors are to be compared whole
 *   48  zeros
 * blocks of 8 rows, the last one of as many as are left; in each block
 *   nodes, for each of its rows
 *       int32[2M] ° links on level 0: row numbers, ended by -1 if fewer, padded
 *       codes of the vector: 8 bits a value, padded
 *   rests, for each of its rows
 *       the other 24 bits of the values, padded; how both make the vector again, bit for bit, and
 *       in which order values lie: {@link dev.siltstone.distance.SplitFloats}
 * exponents: uint8[rows], of the greatest value of each vector, as its codes need it
 * inverse norms, cosine only: float32[rows], 1/length of each vector, 0 for a zero vector
 * levels °: int8[rows], the highest level of each row
 * upper index °: int32[rows], number of the row's list for level 1, -1 if it lives on level 0 only;
 *       its lists for levels 2, 3, … follow that one
 * upper lists °: int32[M] each: row numbers, ended by -1 if fewer
 * footer, 64 bytes
 *    0  byte[8]  magic "SILTGEND"
 *    8  int64    file length in bytes
 *   16  int32    CRC-32C of the header's first 64 bytes
 *   20  zeros
 * </pre>
 *
 * <p>The checksum of the whole file stands in the segment's descriptor. Opening checks header,
 * footer and length only: it must not read the file through. A vector can be fetched alone, by
 * range, with the header's layout.
 */
@NullMarked
package dev.siltstone.hnsw;

import org.jspecify.annotations.NullMarked;
