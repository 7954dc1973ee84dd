package dev.siltstone.cache;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.segment.DeletedRows;
import dev.siltstone.snapshot.DeletedRowsEntry;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The newest opened snapshot of each collection. Opening a newer one fetches only the segments that
 * are not here yet; users of the older one keep it until they close it.
 */
public final class SnapshotCache implements AutoCloseable {
  private final ObjectStore store;
  private final SnapshotStore snapshots;
  private final SegmentCache segments;
  private final Map<CollectionId, Newest> newest = new HashMap<>();

  public SnapshotCache(ObjectStore store, SnapshotStore snapshots, SegmentCache segments) {
    this.store = store;
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
    List<SegmentLease> leases = new ArrayList<>();
    List<OpenSegment> opened = new ArrayList<>();
    try {
      for (SegmentEntry entry : manifest.segments()) {
        SegmentLease lease = segments.acquire(manifest.collection(), entry.segment());
        leases.add(lease);
        opened.add(new OpenSegment(lease.reader(), deletedRows(entry)));
      }
      return new OpenSnapshot(manifest, leases, opened);
    } catch (RuntimeException | Error e) {
      leases.forEach(SegmentLease::close);
      throw e;
    }
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

  private DeletedRows deletedRows(SegmentEntry entry) {
    DeletedRowsEntry deleted = entry.deleted();
    if (deleted == null) {
      return DeletedRows.NONE;
    }
    byte[] bytes =
        store
            .get(deleted.key())
            .orElseThrow(() -> new CorruptDataException("missing object " + deleted.key()))
            .bytes();
    if (!Checksum.of(bytes).equals(deleted.checksum())) {
      throw new CorruptDataException(
          "%s: expected %d bytes with SHA-256 %s, found %d bytes that do not match"
              .formatted(deleted.key(), deleted.bytes(), deleted.checksum(), bytes.length));
    }
    return DeletedRows.decode(bytes);
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
