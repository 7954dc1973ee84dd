package dev.siltstone.local.node;

import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.gc.CollectionMode;
import dev.siltstone.gc.DroppedCollections;
import dev.siltstone.gc.GcProgress;
import dev.siltstone.gc.GcReport;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.operations.Rollback;
import dev.siltstone.operations.RollbackReport;
import dev.siltstone.operations.Verification;
import dev.siltstone.operations.Verifier;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/**
 * A folder opened by a command: its seams and the protocols over them, without a server. Other
 * processes, a running server among them, may use the folder at the same time; what holds between
 * them holds here too, such as the lock of a collection.
 */
public final class LocalStore implements AutoCloseable {
  private final EmbeddedStorage storage;
  private final Machinery machinery;
  private final NodeCompactor compactor;
  private final NodeCollector collector;
  private final Clock clock;

  private LocalStore(EmbeddedStorage storage, Machinery machinery, Clock clock) throws IOException {
    this.storage = storage;
    this.machinery = machinery;
    this.clock = clock;
    this.compactor = NodeCompactor.on(storage, machinery, clock);
    this.collector = NodeCollector.on(storage, machinery, clock);
  }

  /**
   * Opens a folder that holds a store.
   *
   * @throws NotFoundException if it holds none; nothing is created
   * @throws UnavailableException if the folder cannot be used
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer Siltstone has written it
   * @throws dev.siltstone.failure.CorruptDataException if it holds something else
   */
  public static LocalStore open(Path folder, Clock clock) {
    if (!Files.isRegularFile(folder.resolve(EmbeddedDatabase.FILE_NAME))) {
      throw new NotFoundException(
          "%s holds no Siltstone data; name the folder that a server was given by --data"
              .formatted(folder));
    }
    EmbeddedStorage storage = EmbeddedStorage.open(folder, clock);
    try {
      return new LocalStore(storage, new Machinery(storage, folder, clock), clock);
    } catch (IOException e) {
      storage.close();
      throw new UnavailableException("cannot use " + folder, e);
    } catch (RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  public Clock clock() {
    return clock;
  }

  public Catalog catalog() {
    return storage.catalog();
  }

  public ObjectStore objects() {
    return storage.objects();
  }

  public DeltaLog log() {
    return storage.log();
  }

  public LeaseStore leases() {
    return storage.leases();
  }

  public NoticeQueue notices() {
    return storage.notices();
  }

  public Commit commit() {
    return machinery.commit();
  }

  public LogReader reader() {
    return machinery.reader();
  }

  public DeltaBatches batches() {
    return machinery.batches();
  }

  public SnapshotStore snapshots() {
    return machinery.snapshots();
  }

  public SnapshotCache cache() {
    return machinery.cache();
  }

  /** Folds what is in a collection's log now, and merges what is due. */
  public CompactionReport compact(CollectionId collection) {
    return compactor.run(collection);
  }

  /** Deletes what nobody needs of a collection; tells how far it is. */
  public GcReport collectGarbage(
      CollectionId collection, CollectionMode mode, GcProgress progress) {
    return collector.collect(collection, mode, progress);
  }

  /** Deletes what nobody needs of any collection and of dropped ones; tells of each. */
  public DroppedCollections.Swept sweepGarbage(
      CollectionMode mode, BiConsumer<CollectionId, GcReport> told) {
    return collector.sweep(mode, told);
  }

  /**
   * Rolls a collection back to a retained snapshot, and folds that.
   *
   * @throws NotFoundException if the snapshot is not retained; nothing was changed
   * @throws UnavailableException if another run holds the lock for too long; nothing was changed
   */
  public RollbackReport rollBack(CollectionId collection, SnapshotName target) {
    return new Rollback(compactor.compactor(), commit(), log(), snapshots())
        .to(collection, target, compactor.deadline());
  }

  /**
   * Proves from the stored files that a snapshot is what its manifest says.
   *
   * @param progress is told the bytes read, file by file
   */
  public Verification verify(Manifest manifest, LongConsumer progress) {
    try {
      return new Verifier(objects(), machinery.scratchFolder()).verify(manifest, progress);
    } catch (IOException e) {
      throw new UnavailableException("cannot use the scratch folder", e);
    }
  }

  @Override
  public void close() {
    machinery.close();
    storage.close();
  }
}
