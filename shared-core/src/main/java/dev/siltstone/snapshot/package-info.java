/**
 * Which segments make a version of a collection, and the one atomic swap that publishes it.
 *
 * <p>A {@link dev.siltstone.snapshot.Manifest} is written once, under a key of its own. The {@link
 * dev.siltstone.snapshot.Pointer} is the one mutable object of a collection: {@link
 * dev.siltstone.snapshot.SnapshotStore} swaps it by compare-and-swap, and nothing else does.
 *
 * <p>Both files are JSON objects that begin with {@code
 * {"format":"siltstone-manifest","version":1,"sha256":"…",}; the checksum covers the whole file but
 * for its own 64 digits. A reader refuses unknown fields: whoever adds one raises the version.
 * Version history: 1, the first.
 *
 * <p>Fields of a manifest: {@code collection} (UUID), {@code generation} (parent + 1), {@code commit}
 * (UUID of this attempt), {@code epoch} (of the run's lease), {@code created_at} (ISO-8601, for
 * people), {@code ancestry} (up to 64 of {@code generation}, {@code commit}; newest first), {@code
 * folded_sequence} (the last place of the log that is in it), {@code shape} ({@code
 * dimension} and {@code embedding_function}; null while no vector has been folded), {@code space}, {@code segments} (see
 * {@link dev.siltstone.segment.SegmentDescriptor}; each with {@code deleted}, the rows it no longer
 * shows, or null), {@code content} (32 hexadecimal digits: the sum of all live records' checksums),
 * {@code live_records}, {@code folded_ranges} ({@code after}, {@code up_to}, {@code generation}: which
 * snapshot folded which places; newest first), {@code retained} (older snapshots that stay readable;
 * newest first), {@code retired} ({@code key}, {@code at}: files that no kept snapshot names, and
 * since when), {@code pins} ({@code generation}, {@code through}: see {@link
 * dev.siltstone.snapshot.Pin}) and {@code rollbacks} (see {@link dev.siltstone.snapshot.RolledBack};
 * newest first).
 *
 * <p>Fields of a pointer: {@code commit}, {@code generation}, {@code epoch}, {@code folded_sequence},
 * {@code manifest} (its key) and {@code manifest_sha256}.
 */
@NullMarked
package dev.siltstone.snapshot;

import org.jspecify.annotations.NullMarked;
