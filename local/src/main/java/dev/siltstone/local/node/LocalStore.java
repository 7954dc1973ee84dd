package dev.siltstone.local.node;

import dev.siltstone.cache.SnapshotCache;
import dev.siltstone.collection.Catalog;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.local.recall.HnswlibCore;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogReader;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.operations.command.Workplace;
import dev.siltstone.snapshot.SnapshotStore;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.tail.DeltaBatches;
import dev.siltstone.time.Clock;
import dev.siltstone.time.Deadline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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

  private LocalStore(EmbeddedStorage storage, Machinery machinery, Keeping keeping, Clock clock)
      throws IOException {
    this.storage = storage;
    this.machinery = machinery;
    this.clock = clock;
    this.compactor = NodeCompactor.on(storage, machinery, clock);
    this.collector = NodeCollector.on(storage, machinery, keeping, clock);
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
    return open(folder, Keeping.DEFAULT, clock);
  }

  /**
   * The same, for a collection of garbage that keeps more or less.
   *
   * @throws NotFoundException and the others likewise
   */
  public static LocalStore open(Path folder, Keeping keeping, Clock clock) {
    if (!Files.isRegularFile(folder.resolve(EmbeddedDatabase.FILE_NAME))) {
      throw new NotFoundException(
          "%s holds no Siltstone data; name the folder that a server was given by --data"
              .formatted(folder));
    }
    EmbeddedStorage storage = EmbeddedStorage.open(folder, clock);
    try {
      return new LocalStore(storage, new Machinery(storage, folder, clock), keeping, clock);
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

  /** What commands on this store work with. */
  public Workplace workplace() {
    return new Workplace(
        catalog(),
        objects(),
        log(),
        leases(),
        notices(),
        commit(),
        snapshots(),
        compactor.compactor(),
        collector.collector(),
        collector.sweep(),
        clock,
        machinery::scratchFolder,
        new HnswlibCore());
  }

  /** When a run that begins now should be over. */
  public Deadline deadline() {
    return compactor.deadline();
  }

  @Override
  public void close() {
    machinery.close();
    storage.close();
  }
}
