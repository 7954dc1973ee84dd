package dev.siltstone.gc;

import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.util.concurrent.Executor;

/**
 * What a collection of garbage works with.
 *
 * @param workers delete objects side by side
 */
public record GcSteps(
    ObjectStore store,
    DeltaLog log,
    LogReader reader,
    SnapshotStore snapshots,
    Fence fence,
    Executor workers,
    Clock clock) {
  /** Whether nobody has published since. */
  boolean isCurrent(Manifest manifest) {
    return snapshots
        .current(manifest.collection())
        .filter(now -> now.manifest().commit().equals(manifest.commit()))
        .isPresent();
  }
}
