package dev.siltstone.operations.command;

import dev.siltstone.collection.Catalog;
import dev.siltstone.compaction.Compactor;
import dev.siltstone.gc.GarbageCollector;
import dev.siltstone.gc.GarbageSweep;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.operations.PeerIndex;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * The seams and protocols that commands work with.
 *
 * @param peer to compare our index with; null where there is none
 */
public record Workplace(
    Catalog catalog,
    ObjectStore objects,
    DeltaLog log,
    LeaseStore leases,
    NoticeQueue notices,
    Commit commit,
    SnapshotStore snapshots,
    Compactor compactor,
    GarbageCollector collector,
    GarbageSweep garbage,
    Clock clock,
    Scratch scratch,
    @Nullable PeerIndex peer) {}
