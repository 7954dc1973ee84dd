/**
 * One immutable file of operations: how a write travels from a producer to the log's readers.
 *
 * <p>{@link dev.siltstone.delta.DeltaWriter} turns a {@link dev.siltstone.delta.Delta} into bytes,
 * {@link dev.siltstone.delta.DeltaReader} turns bytes back. The bytes are put under the key that
 * {@link dev.siltstone.storage.ObjectLayout#delta} makes and get their place in the order of writes
 * from {@link dev.siltstone.log.Commit}.
 *
 * <h2>The file, format version 1</h2>
 *
 * A delta is a SQLite database compressed with zstd, behind a zstd <em>skippable frame</em> that
 * holds our header. Standard tools skip that frame, so
 *
 * <pre>
 * zstd -d &lt; 0198….delta &gt; delta.db
 * sqlite3 delta.db 'SELECT position, kind, id, document FROM operation'
 * </pre>
 *
 * opens one. All integers of the header are little-endian.
 *
 * <table>
 * <caption>Header: one skippable frame of 72 bytes</caption>
 * <tr><th>offset</th><th>bytes</th><th>field</th></tr>
 * <tr><td>0</td><td>4</td><td>0x184D2A5D, one of zstd's skippable magic numbers (RFC 8878, 3.1.2)</td></tr>
 * <tr><td>4</td><td>4</td><td>bytes of this frame after this field: 64 in version 1</td></tr>
 * <tr><td>8</td><td>8</td><td>magic: {@code SILTDELT} in ASCII</td></tr>
 * <tr><td>16</td><td>4</td><td>format version</td></tr>
 * <tr><td>20</td><td>8</td><td>bytes of the database, decompressed</td></tr>
 * <tr><td>28</td><td>8</td><td>bytes of the zstd frame that follows the header and ends the file</td></tr>
 * <tr><td>36</td><td>32</td><td>SHA-256 of the database, decompressed</td></tr>
 * <tr><td>68</td><td>4</td><td>CRC-32C of the bytes before it; in every version the last field of
 * the frame</td></tr>
 * </table>
 *
 * Then one zstd frame, which declares its content size, level 1.
 *
 * <p>The database has {@code application_id} 0x53494C54 ({@code SILT}), {@code user_version} equal
 * to the format version, UTF-8 text, pages of 4,096 bytes, and exactly these tables:
 *
 * <ul>
 *   <li>{@code delta(key, value)}: {@code collection} and {@code delta} (UUIDs), {@code created_at}
 *       (ISO 8601, UTC), {@code dimension} (of every embedding; 0 if there are none), {@code
 *       operations} (their count), and {@code embedding_function} if Siltstone made the embeddings.
 *       Unknown keys are refused.
 *   <li>{@code operation(position, kind, id, embedding, document, uri, metadata)}, one row each,
 *       positions 0, 1, 2 … in the order in which they are applied. {@code kind} is {@code add},
 *       {@code upsert}, {@code update} or {@code delete}; {@code embedding} is little-endian
 *       float32; {@code metadata} is a JSON object in which integers have neither point nor
 *       exponent (3 is not 3.0) and null removes the key; a delete has nothing but its id.
 * </ul>
 *
 * The exact text of the schema, comments included, is part of the format ({@link
 * dev.siltstone.delta.DeltaSchema}).
 *
 * <h2>Reading</h2>
 *
 * The decoder trusts nothing. Sizes, the ratio of compression ({@link
 * dev.siltstone.delta.DeltaLimits}) and the checksum of the header are looked at before a byte is
 * inflated, the schema before a row is read, and rows can never hold more than the file did. What
 * it refuses is <em>poison</em>, and the verdict depends on the bytes alone: {@link
 * dev.siltstone.failure.CorruptDataException}. A newer version is {@link
 * dev.siltstone.failure.UnsupportedFormatException}; lack of memory or a failing library surfaces
 * as itself and is never a verdict.
 *
 * <h2>Version history</h2>
 *
 * <ol>
 *   <li>2026: the first.
 * </ol>
 */
@NullMarked
package dev.siltstone.delta;

import org.jspecify.annotations.NullMarked;
