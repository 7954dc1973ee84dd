/**
 * Snapshots on this machine. {@link dev.siltstone.cache.SnapshotCache} turns a manifest's key into
 * an {@link dev.siltstone.cache.OpenSnapshot}: its segments mapped, its deleted rows in memory.
 * {@link dev.siltstone.cache.SegmentCache} fetches what is missing, in parallel and resumably,
 * verifies it before it gets its final name, shares it among concurrent users and drops the least
 * recently used segments when its budget is short. Where the store keeps objects as local files,
 * they are mapped in place and nothing is copied.
 */
@NullMarked
package dev.siltstone.cache;

import org.jspecify.annotations.NullMarked;
