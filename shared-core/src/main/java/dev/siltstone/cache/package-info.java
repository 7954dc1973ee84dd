/**
 * Snapshots on this machine. {@link dev.siltstone.cache.SnapshotCache} turns a manifest's key into
 * an {@link dev.siltstone.cache.OpenSnapshot}: its segments mapped, its deleted rows in memory.
 * {@link dev.siltstone.cache.SegmentCache} fetches what is missing, in parallel and resumably,
 * verifies it while it arrives, before it gets its final name, and again whenever it is opened,
 * shares it among concurrent users and drops the least recently used segments when its budget is
 * short. An opened snapshot needs no text index: those are fetched behind it, and conditions on
 * documents wait for them. Where the store keeps objects as local files, they are mapped in place
 * and nothing is copied.
 *
 * <p>Who needs single records, as the fold does, opens no segment: {@link
 * dev.siltstone.cache.SnapshotRecords} fetches the id pages, row blocks and vectors that a batch of
 * ids touches, by range and side by side; a file whole when a third of it is touched; nothing of
 * what is here already.
 */
@NullMarked
package dev.siltstone.cache;

import org.jspecify.annotations.NullMarked;
