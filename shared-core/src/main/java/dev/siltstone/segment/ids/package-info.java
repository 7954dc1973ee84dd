/**
 * {@code ids.idx}: from a record's id to its row, order key and checksum, and from a row back. A
 * lookup of one id touches the directory, which is read once, and one page of about 4 KB, so it
 * works by range on a remote file as well as on a mapped one.
 *
 * <h2>Format, version 1</h2>
 *
 * A {@linkplain dev.siltstone.segment.file framed file}, magic {@code SILT-IDS}, with three
 * sections:
 *
 * <pre>
 * 1 pages      pages back to back; ids grow from entry to entry and from page to page, as UTF-8
 *              bytes compared unsigned; no id occurs twice
 *   page       u32      CRC-32C of the rest of the page
 *              u32      number of entries
 *              entries
 *   entry      u32      row
 *              u64      order key: sequence
 *              u32      order key: index
 *              16 bytes record checksum
 *              u16      length of the id in bytes, 1 to 12,288
 *              the id   UTF-8
 * 2 rows       per row: u32 (unsigned) offset of its entry in section 1
 * 3 directory  u32      number of pages p
 *              u32      number of 64-bit words of the Bloom filter w
 *              u32      number of probes per id
 *              u32      0
 *              words    w times u64
 *              p + 1    u32 (unsigned) offsets of the pages in section 1, and its length
 *              p + 1    u32 offsets of the separators, and their length altogether
 *              the separators: a byte string above every id of the pages before and not above any
 *              id of this page or later ones; the first is empty
 * </pre>
 *
 * A page ends before the entry that would make it longer than 4,096 bytes; a single longer entry
 * has a page of its own. The Bloom filter has 10 bits per row. Its hash is 64-bit FNV-1a over the
 * id's bytes, finished by MurmurHash3's fmix64; probe i looks at bit ⌊(h + i·g)·64w / 2^64⌋, where
 * g is fmix64 of h with its lowest bit set and sums wrap.
 *
 * <p>Version history: 1, the first.
 */
@NullMarked
package dev.siltstone.segment.ids;

import org.jspecify.annotations.NullMarked;
