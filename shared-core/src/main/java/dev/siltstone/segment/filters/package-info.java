/**
 * {@code filters.idx}: an inverted index from metadata values to rows, read in place: opening it
 * maps the file, and a condition costs a few binary searches and the bitmaps that it names. {@link
 * dev.siltstone.segment.filters.MetadataIndex} answers single conditions, {@link
 * dev.siltstone.segment.filters.WhereEvaluator} whole filters.
 *
 * <h2>Format, version 1</h2>
 *
 * A {@linkplain dev.siltstone.segment.file framed file}, magic {@code SILT-FLT}, with three
 * sections. A column holds the values of one kind under one key, each once, sorted, with the rows
 * that have it.
 *
 * <pre>
 * 1 bitmaps    RoaringBitmaps in the portable format, back to back; the first holds the rows that
 *              have a document
 * 2 columns    columns, each starting at a multiple of 8
 *   column of numbers or bools with n values
 *              n times u64   values, ascending
 *              n times u32   rows (see below)
 *   column of strings with n values
 *              n + 1  u32    offsets of the values among the value bytes, and their length
 *              n times u32   rows
 *              the value bytes, ascending when compared unsigned
 * 3 directory  u32  number of columns c
 *              u32  number of rows in the segment
 *              c times, ascending by key bytes (unsigned), then kind:
 *                u32  offset of the key among the key bytes
 *                u32  length of the key in bytes
 *                u32  kind: 1 string, 2 integral number, 3 other number, 4 bool;
 *                     16 more for elements of lists
 *                u32  n
 *                u64  offset of the column in section 2
 *                u64  length of the column
 *              the key bytes, UTF-8
 * </pre>
 *
 * <b>Rows</b> of a value: with the highest bit clear the only row; otherwise the remaining 31 bits
 * are the offset of a bitmap in section 1.
 *
 * <p><b>Numbers</b> are canonical ({@link dev.siltstone.where.ScalarOrder#canonical}): whatever
 * equals a 64-bit integer is an integral number (two's complement, signed order), all else a float
 * (IEEE 754 bits, order of the values). So one lookup finds 3 and 3.0, and a range is one slice of
 * each of the two columns.
 *
 * <p><b>Strings</b> longer than 127 bytes are kept as their first 96 bytes and the SHA-256 of all,
 * 128 bytes in all: enough to compare for equality, and long texts are not stored twice.
 *
 * <p>Version history: 1, the first.
 */
@NullMarked
package dev.siltstone.segment.filters;

import org.jspecify.annotations.NullMarked;
