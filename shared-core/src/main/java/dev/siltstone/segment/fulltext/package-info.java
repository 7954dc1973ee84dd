/**
 * {@code text.idx}: from three consecutive UTF-16 units, and from terms, to the rows whose
 * documents have them. {@link dev.siltstone.segment.fulltext.TextIndexWriter} makes it from the
 * documents as a segment is written; {@link dev.siltstone.segment.fulltext.TextIndex} narrows
 * conditions on documents to few rows, which are then looked at. Segments with little text have
 * none: their documents are looked at at once.
 *
 * <p>Grams are of UTF-16 units because {@link String#contains} compares those: whatever the script,
 * a text is in a document only if all its grams are. A text of three units is one gram, a shorter
 * one a range of grams, so for these the index alone is the answer. For a regular expression the
 * texts that it requires are looked up.
 *
 * <p>Terms (letters and digits in lower case, each ideograph by itself), the number of documents
 * with each, the length of every document and the sums are there for ranking by BM25. How often a
 * term stands in a document is counted when the document is scored.
 *
 * <h2>Format, version 1</h2>
 *
 * A {@linkplain dev.siltstone.segment.file framed file}, magic {@code SILT-TXT}, with eight
 * sections:
 *
 * <pre>
 * 1 to 3     index of grams
 * 4 to 6     index of terms
 * 7 lengths  per row u32: terms in its document
 * 8 sums     u32 rows, u32 rows that have a document, u64 terms in all
 * </pre>
 *
 * An index from keys (u63) to rows has three sections:
 *
 * <pre>
 * lists      lists of rows back to back, each from a whole byte on
 * dictionary per key, ascending, three numbers of seven bits a byte, lowest first, the highest bit
 *            of a byte says that more follow:
 *              difference to the key before; 0 for the first of a block
 *              number of rows
 *              the row if it is the only one, else length of the list in bytes
 * directory  u32  number of keys
 *            u32  0
 *            per block of 64 keys:
 *              u64  its first key
 *              u64  its place in the dictionary
 *              u64  place of its first list
 * </pre>
 *
 * <b>List</b> of n of N rows: with g the number of rows skipped before each, ⌊g / 2^b⌋ bits 0, one
 * bit 1, and the low b bits of g; bits fill bytes from the lowest. With t = ⌊69 (N − n) / 100 n⌋, b
 * is ⌊log2 t⌋, or 0 if t is 0.
 *
 * <p><b>Gram</b>: three times 17 bits, the first unit highest; each is the unit plus 1, or 0 after
 * the end of the document.
 *
 * <p><b>Term</b>: FNV-1a (64 bits, offset basis cbf29ce484222325, prime 100000001b3) that takes a
 * whole UTF-16 unit at a time; h ^= h >>> 33, h *= ff51afd7ed558ccd, h ^= h >>> 33; the highest bit
 * cleared.
 *
 * <p>Version history: 1, the first.
 */
@NullMarked
package dev.siltstone.segment.fulltext;

import org.jspecify.annotations.NullMarked;
