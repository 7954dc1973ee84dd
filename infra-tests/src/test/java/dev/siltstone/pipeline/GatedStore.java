package dev.siltstone.pipeline;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/**
 * A store far away, whose files must be downloaded. What befalls the reading of some objects is
 * decided by hand: they are missing, damaged, out of reach, or arrive only when they are let go.
 */
final class GatedStore extends RemoteObjectStore {
  /** What befalls a read. */
  enum Trouble {
    NONE,
    MISSING,
    DAMAGED,
    OUT_OF_REACH,
    HELD
  }

  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile Trouble trouble = Trouble.NONE;
  private volatile Predicate<String> keys = _ -> false;

  GatedStore(ObjectStore store) {
    super(store);
  }

  void trouble(Trouble next, Predicate<String> whichKeys) {
    keys = whichKeys;
    trouble = next;
  }

  /** Waits until a held object has been asked for. */
  void awaitAsked() throws InterruptedException {
    asked.await();
  }

  /** Lets what is held arrive. */
  void release() {
    trouble = Trouble.NONE;
    released.countDown();
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return switch (meet(key)) {
      case MISSING -> Optional.empty();
      case DAMAGED -> super.get(key).map(GatedStore::damaged);
      case NONE, OUT_OF_REACH, HELD -> super.get(key);
    };
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, Path target) {
    return switch (meet(key)) {
      case MISSING -> throw new NotFoundException("no object " + key);
      case DAMAGED -> damaged(target);
      case NONE, OUT_OF_REACH, HELD -> super.download(key, offset, expectedBytes, target);
    };
  }

  private Trouble meet(ObjectKey key) {
    if (!keys.test(key.toString())) {
      return Trouble.NONE;
    }
    Trouble now = trouble;
    if (now == Trouble.OUT_OF_REACH) {
      throw new UnavailableException("no answer to reading " + key, null);
    }
    if (now == Trouble.HELD) {
      hold();
    }
    return now;
  }

  private void hold() {
    asked.countDown();
    try {
      released.await();
    } catch (InterruptedException e) {
      throw new UnavailableException("interrupted", e);
    }
  }

  private static StoredObject damaged(StoredObject object) {
    byte[] bytes = object.bytes().clone();
    bytes[bytes.length / 2] ^= 0x40;
    return new StoredObject(bytes, object.etag());
  }

  private static long damaged(Path target) {
    try {
      Files.write(target, new byte[] {1, 2, 3});
      return 3;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
