package dev.siltstone.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.contract.Fresh;
import dev.siltstone.contract.Race;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.PutResult.Stored;
import dev.siltstone.storage.StoredObject;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A process of {@link KilledProcessTest}: four threads that write for ever. Each acknowledged write
 * is a line {@code delta place}, each acknowledged increment of the counter in the pointer a line
 * {@code counted n}.
 */
final class WritingProcess {
  private static final int THREADS = 4;

  private final EmbeddedFamily family;
  private final CollectionId collection;

  private WritingProcess(EmbeddedFamily family, CollectionId collection) {
    this.family = family;
    this.collection = collection;
  }

  public static void main(String[] arguments) {
    try (EmbeddedFamily family = new EmbeddedFamily(Path.of(arguments[0]))) {
      var writer = new WritingProcess(family, CollectionId.parse(arguments[1]));
      System.out.println("ready");
      Race.of(THREADS, _ -> writer.writeForEver());
    }
  }

  /** An object's whole content follows from its delta's id, so that a part of it is noticed. */
  static byte[] bytesOf(DeltaId delta) {
    byte[] id = delta.toString().getBytes(UTF_8);
    byte[] bytes = new byte[20_000];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = id[i % id.length];
    }
    return bytes;
  }

  @SuppressWarnings("InfiniteLoopStatement")
  private boolean writeForEver() {
    while (true) {
      write();
      count();
    }
  }

  private void write() {
    DeltaId delta = Fresh.deltaId();
    ObjectKey key = ObjectLayout.delta(collection, delta);
    byte[] bytes = bytesOf(delta);
    family.store().putIfAbsent(key, ObjectBody.of(bytes));
    var reserved = (Reserved) family.log().reserve(collection, delta, null);
    family
        .log()
        .place(
            collection,
            new Committed(
                reserved.place(),
                delta,
                key,
                1,
                bytes.length,
                Checksum.of(Arrays.copyOf(bytes, 1))));
    System.out.println(delta + " " + reserved.place());
  }

  private void count() {
    ObjectKey key = ObjectLayout.pointer(collection);
    StoredObject now = family.store().get(key).orElseThrow();
    int next = Integer.parseInt(new String(now.bytes(), UTF_8)) + 1;
    ObjectBody body = ObjectBody.of(Integer.toString(next).getBytes(UTF_8));
    if (family.store().putIfMatch(key, body, now.etag()) instanceof Stored) {
      System.out.println("counted " + next);
    }
  }
}
