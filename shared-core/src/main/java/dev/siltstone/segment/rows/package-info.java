/**
 * {@code rows.blk}: document, uri and metadata of each row, in small blocks that are compressed
 * each by itself, so that hydrating a few rows reads and unpacks little, and by range if the file
 * is remote.
 *
 * <h2>Format, version 1</h2>
 *
 * A {@linkplain dev.siltstone.segment.file framed file}, magic {@code SILT-ROW}, with two sections:
 *
 * <pre>
 * 1 blocks   blocks back to back; each holds consecutive rows
 *   block      u32      CRC-32C of the rest of the block
 *              three times, for documents, uris, metadata:
 *              u32      length as stored; 0: no row of the block has the field
 *              u32      length when unpacked; equal to the one before: stored as it is
 *              the three columns as stored: zstd frames, or as they are
 *   column     per row u32: 0 if the row lacks the field, else its length in bytes plus 1
 *              the values in row order
 * 2 table    u32      number of blocks b
 *            u32      0
 *            b + 1    u64 offsets of the blocks in section 1, and its length
 *            b + 1    u32 first row of each block, and the number of rows
 * </pre>
 *
 * A block ends before the row that would lift it above {@link
 * dev.siltstone.segment.rows.RowBlocksWriter#BLOCK_BYTES} unpacked, and after {@link
 * dev.siltstone.segment.rows.RowBlocksWriter#BLOCK_ROWS} rows. So a long document has a block of
 * its own.
 *
 * <p>Documents and uris are UTF-8. Metadata is as in {@link dev.siltstone.record.MetadataCodec} and
 * never empty here: a row without any lacks the field.
 *
 * <p>Version history: 1, the first.
 */
@NullMarked
package dev.siltstone.segment.rows;

import org.jspecify.annotations.NullMarked;
