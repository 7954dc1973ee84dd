/**
 * The frame that the segment's own files share, and how their bytes are reached: mapped in place
 * ({@link dev.siltstone.segment.file.MappedSource}) or fetched by range ({@link
 * dev.siltstone.segment.file.RangeSource}), ahead of the reads where they are known: ranges that
 * lie close together in one request, many requests side by side.
 *
 * <h2>Frame, version 1</h2>
 *
 * All numbers are little-endian; {@code u32} and {@code u64} are unsigned. CRC is CRC-32C
 * (Castagnoli).
 *
 * <pre>
 * header   8 bytes  magic, ASCII, names the kind of file
 *          u32      version of that kind, from 1
 *          u32      CRC of the 12 bytes before
 * sections          each starts at a multiple of 8, zero bytes between
 * table             per section:
 *          u32        id, unique in the file
 *          u32        CRC of the section's bytes
 *          u64        offset from the start of the file
 *          u64        length in bytes
 * trailer  u64      length of the whole file
 *          u32      number of sections
 *          u32      CRC of table, length and number of sections
 *          u32      version, as in the header
 *          u32      CRC of the magic and the version that stand here and before
 *          8 bytes  magic, as in the header
 * </pre>
 *
 * The header and the last 16 bytes keep this form in every later version, so that a file from a
 * newer writer is told from a damaged one. Opening reads the end of the file only, in one range.
 * Section CRCs are checked by readers of small parts where they say so, and all of them by {@link
 * dev.siltstone.segment.file.FramedFile#verify}; larger sections carry their own checksums page by
 * page or block by block.
 *
 * <p>Version history of the frame: 1, the first.
 */
@NullMarked
package dev.siltstone.segment.file;

import org.jspecify.annotations.NullMarked;
