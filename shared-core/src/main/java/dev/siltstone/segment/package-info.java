/**
 * Segments: immutable, searchable runs of records in order-key order. A compaction folds records
 * into a {@link dev.siltstone.segment.SegmentWriter}, whose {@link
 * dev.siltstone.segment.SegmentDescriptor} goes into a manifest; a reader maps the files with
 * {@link dev.siltstone.segment.SegmentReader}. What later versions no longer show of a segment
 * stands in a {@link dev.siltstone.segment.DeletedRows} beside the manifest.
 *
 * <p>A row is a record's place in its segment, from 0. A segment has these files, all immutable,
 * checksummed and readable by range:
 *
 * <ul>
 *   <li>{@code graph.hnsw}, {@link dev.siltstone.hnsw}: the vectors, perhaps linked into a graph;
 *   <li>{@code ids.idx}, {@link dev.siltstone.segment.ids}: id to row, order key, checksum, and
 *       back;
 *   <li>{@code rows.blk}, {@link dev.siltstone.segment.rows}: document, uri, metadata;
 *   <li>{@code filters.idx}, {@link dev.siltstone.segment.filters}: from a metadata value to rows;
 *   <li>{@code text.idx}, {@link dev.siltstone.segment.fulltext}: from pieces of text to rows, only
 *       if there is more text than is scanned at once.
 * </ul>
 *
 * <h2>deleted-*.bitmap, version 1</h2>
 *
 * <pre>
 * 8 bytes  magic SILT-DEL
 * u32      version
 * u32      CRC-32C of everything after this field
 * u32      number of deleted rows
 * the rest RoaringBitmap of the deleted rows, portable format
 * </pre>
 *
 * Little-endian. Version history: 1, the first.
 */
@NullMarked
package dev.siltstone.segment;

import org.jspecify.annotations.NullMarked;
