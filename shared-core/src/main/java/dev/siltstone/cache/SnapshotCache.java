package dev.siltstone.cache;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest opened snapshot of each collection. Opening a newer one fetches only the segments that
 * are not here yet; users of the older one keep it until they close it.
 */
public final class SnapshotCache implements AutoCloseable {
  private final SnapshotStore snapshots;
  private final SegmentCache segments;
  private final DeletedRowsReader deletedRows;
  private final Map<CollectionId, Newest> newest = new HashMap<>();

  public SnapshotCache(ObjectStore store, SnapshotStore snapshots, SegmentCache segments) {
    this.deletedRows = new DeletedRowsReader(store);
    this.snapshots = snapshots;
    this.segments = segments;
  }

  /**
   * The snapshot with this manifest; the caller closes it. Becomes the collection's newest if its
   * generation is higher.
   *
   * @param manifest null for the collection before its first publish
   */
  public OpenSnapshot open(CollectionId collection, @Nullable ObjectKey manifest) {
    if (manifest == null) {
      return OpenSnapshot.empty();
    }
    Newest slot = slot(collection);
    slot.opening.lock();
    try {
      OpenSnapshot current = slot.snapshot;
      if (current != null && manifest.equals(slot.manifest) && current.retain()) {
        return current;
      }
      OpenSnapshot opened = openManifest(snapshots.readManifest(manifest));
      slot.offer(opened, manifest);
      return opened;
    } finally {
      slot.opening.unlock();
    }
  }

  /** The newest snapshot opened so far, without any call; the caller closes it. */
  public Optional<OpenSnapshot> newest(CollectionId collection) {
    OpenSnapshot current = slot(collection).snapshot;
    return current != null && current.retain() ? Optional.of(current) : Optional.empty();
  }

  /** Opens what a manifest names, outside of the newest-per-collection slots. */
  public OpenSnapshot openManifest(Manifest manifest) {
    OpenSnapshot opened = open(manifest, manifest.segments());
    manifest
        .segments()
        .forEach(entry -> segments.fetchRest(manifest.collection(), entry.segment()));
    return opened;
  }

  /** Opens some segments of a snapshot, as when they are merged; the caller closes them. */
  public OpenSnapshot openPart(Manifest manifest, Set<SegmentId> wanted) {
    return open(
        manifest,
        manifest.segments().stream()
            .filter(entry -> wanted.contains(entry.segment().id()))
            .toList());
  }

  /** For single records of a collection's snapshots, without opening them; the caller closes it. */
  public SnapshotRecords records(CollectionId collection) {
    return new SnapshotRecords(collection, segments, deletedRows, segments.sideBySide());
  }

  /**
   * Fetches all that is missing side by side: a cold snapshot costs one round trip and its bytes.
   */
  private OpenSnapshot open(Manifest manifest, List<SegmentEntry> entries) {
    SegmentLease[] leases = new SegmentLease[entries.size()];
    DeletedRows[] deleted = new DeletedRows[entries.size()];
    List<Runnable> fetches = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      int place = i;
      SegmentEntry entry = entries.get(i);
      fetches.add(() -> leases[place] = segments.acquire(manifest.collection(), entry.segment()));
      deleted[place] = DeletedRows.NONE;
      entry
          .deletedRows()
          .ifPresent(rows -> fetches.add(() -> deleted[place] = deletedRows.read(rows)));
    }
    try {
      segments.sideBySide().run(fetches);
      List<OpenSegment> opened = new ArrayList<>();
      for (int i = 0; i < leases.length; i++) {
        opened.add(new OpenSegment(leases[i].reader(), deleted[i]));
      }
      return new OpenSnapshot(manifest, List.of(leases), opened);
    } catch (RuntimeException | Error e) {
      Stream.of(leases).filter(Objects::nonNull).forEach(SegmentLease::close);
      throw e;
    }
  }

  /** Lets go of a collection whose files here seem damaged; whoever opens it next compares them. */
  public void distrust(CollectionId collection) {
    newest(collection)
        .ifPresent(held -> {
          try (held) {
            held.segments().forEach(open -> segments.distrust(open.reader().descriptor()));
          }
        });
    forget(collection);
  }

  /** Lets go of a collection that was dropped. */
  public void forget(CollectionId collection) {
    Newest slot;
    synchronized (newest) {
      slot = newest.remove(collection);
    }
    if (slot != null) {
      slot.clear();
    }
  }

  @Override
  public void close() {
    List<Newest> all;
    synchronized (newest) {
      all = new ArrayList<>(newest.values());
      newest.clear();
    }
    all.forEach(Newest::clear);
  }

  private Newest slot(CollectionId collection) {
    synchronized (newest) {
      return newest.computeIfAbsent(collection, _ -> new Newest());
    }
  }

  private static boolean isNewer(OpenSnapshot opened, @Nullable OpenSnapshot current) {
    return current == null
        || opened
                .manifest()
                .orElseThrow()
                .generation()
                .compareTo(current.manifest().orElseThrow().generation())
            > 0;
  }

  /**
   * A collection's newest snapshot, held by the cache itself as one user. Opening, which may last
   * as long as a download, has a lock of its own, so that letting go never waits for it.
   */
  private static final class Newest {
    private final ReentrantLock opening = new ReentrantLock();
    private volatile @Nullable OpenSnapshot snapshot;
    private volatile @Nullable ObjectKey manifest;
    private boolean forgotten;

    private synchronized void offer(OpenSnapshot opened, ObjectKey key) {
      OpenSnapshot old = snapshot;
      if (forgotten || !isNewer(opened, old)) {
        return;
      }
      opened.retain();
      snapshot = opened;
      manifest = key;
      if (old != null) {
        old.close();
      }
    }

    private synchronized void clear() {
      forgotten = true;
      OpenSnapshot old = snapshot;
      snapshot = null;
      manifest = null;
      if (old != null) {
        old.close();
      }
    }
  }
}
