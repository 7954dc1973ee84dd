package dev.siltstone.benchmarks.storage;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.collection.sqlite.SqliteCatalog;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.log.sqlite.SqliteDeltaLog;
import dev.siltstone.record.Metadata;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.directory.DirectoryObjectStore;
import dev.siltstone.time.Clock;
import dev.siltstone.time.TimeOrderedIds;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What single calls of the embedded family cost: median and 99th percentile in microseconds.
 * Arguments: an empty folder on the disk to measure, and how many writes. Run it under {@code
 * strace -f -c -e trace=fsync,fdatasync} to count fsyncs.
 */
public final class EmbeddedStorage {
  private static final byte[] DELTA = new byte[4096];
  private static final int READS_PER_WRITE = 20;

  private final DirectoryObjectStore store;
  private final DeltaLog log;
  private final CollectionId collection;
  private final int writes;
  private final TimeOrderedIds ids = new TimeOrderedIds(Clock.system(), new SplittableRandom(7));

  private EmbeddedStorage(DirectoryObjectStore store, EmbeddedDatabase database, int writes) {
    this.store = store;
    this.log = new SqliteDeltaLog(database);
    this.writes = writes;
    this.collection = new CollectionId(ids.next());
    new SqliteCatalog(database).createCollection(settings(collection));
  }

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    try (EmbeddedDatabase database = EmbeddedDatabase.open(folder);
        DirectoryObjectStore store = new DirectoryObjectStore(folder)) {
      new EmbeddedStorage(store, database, Integer.parseInt(arguments[1])).run();
    }
  }

  private void run() throws InterruptedException {
    writeAll();
    System.out.println("after the first, warming pass:");
    writeAll();
    print("read head and tip", times(writes * READS_PER_WRITE, this::read));
    printReadsBesideAWriter();
  }

  private void writeAll() {
    long[] put = new long[writes];
    long[] reserve = new long[writes];
    long[] place = new long[writes];
    for (int i = 0; i < writes; i++) {
      DeltaId delta = new DeltaId(ids.next());
      long start = System.nanoTime();
      store.putIfAbsent(ObjectLayout.delta(collection, delta), ObjectBody.of(DELTA));
      long stored = System.nanoTime();
      var reserved = (Reserved) log.reserve(collection, delta, null);
      long taken = System.nanoTime();
      log.place(collection, entry(delta, reserved));
      long placed = System.nanoTime();
      put[i] = stored - start;
      reserve[i] = taken - stored;
      place[i] = placed - taken;
    }
    print("put", put);
    print("reserve", reserve);
    print("place", place);
  }

  private void printReadsBesideAWriter() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = Thread.ofPlatform().start(() -> writeUntil(stop));
    try {
      print("read beside a writer", times(writes * READS_PER_WRITE, this::read));
    } finally {
      stop.set(true);
      writer.join();
    }
  }

  private void writeUntil(AtomicBoolean stop) {
    while (!stop.get()) {
      DeltaId delta = new DeltaId(ids.next());
      log.place(collection, entry(delta, (Reserved) log.reserve(collection, delta, null)));
    }
  }

  private void read() {
    if (log.read(collection).isEmpty()) {
      throw new IllegalStateException("the collection is gone");
    }
  }

  private Committed entry(DeltaId delta, Reserved reserved) {
    return new Committed(
        reserved.place(),
        delta,
        ObjectLayout.delta(collection, delta),
        1,
        DELTA.length,
        Checksum.of(DELTA));
  }

  private static long[] times(int count, Runnable call) {
    long[] times = new long[count];
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      call.run();
      times[i] = System.nanoTime() - start;
    }
    return times;
  }

  private static void print(String what, long[] nanos) {
    Arrays.sort(nanos);
    System.out.printf(
        "%-22s p50 %8.1f us   p99 %8.1f us%n",
        what, nanos[nanos.length / 2] / 1e3, nanos[nanos.length * 99 / 100] / 1e3);
  }

  private static Collection settings(CollectionId id) {
    return new Collection(
        id,
        TenantName.DEFAULT,
        DatabaseName.DEFAULT,
        new CollectionName("c-" + id),
        Space.L2,
        HnswParameters.DEFAULT,
        null,
        null,
        Metadata.NONE,
        0);
  }
}
