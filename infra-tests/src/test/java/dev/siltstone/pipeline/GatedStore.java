package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
    /** Undamaged, and sealed by a version to come. */
    NEWER,
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
      case NEWER -> super.get(key).map(GatedStore::newer);
      case NONE, OUT_OF_REACH, HELD -> super.get(key);
    };
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    return switch (meet(key)) {
      case MISSING -> throw new NotFoundException("no object " + key);
      case DAMAGED -> damaged(sink);
      case NONE, OUT_OF_REACH, HELD, NEWER -> super.download(key, offset, expectedBytes, sink);
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

  /** A manifest with a higher version, sealed again. */
  private static StoredObject newer(StoredObject object) {
    String text = new String(object.bytes(), StandardCharsets.UTF_8);
    Matcher seal = Pattern.compile("\\{\"format\":\"[^\"]+\",\"version\":").matcher(text);
    assertThat(seal.lookingAt()).isTrue();
    int digits = text.indexOf("\"sha256\":\"") + "\"sha256\":\"".length();
    String start = seal.group() + "999" + text.substring(text.indexOf(',', seal.end()), digits);
    String rest = text.substring(text.indexOf('"', digits));
    String checksum = Checksum.of((start + rest).getBytes(StandardCharsets.UTF_8)).hex();
    return new StoredObject(
        (start + checksum + rest).getBytes(StandardCharsets.UTF_8), object.etag());
  }

  private static StoredObject damaged(StoredObject object) {
    byte[] bytes = object.bytes().clone();
    bytes[bytes.length / 2] ^= 0x40;
    return new StoredObject(bytes, object.etag());
  }

  private static long damaged(ByteSink sink) {
    try {
      sink.write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
      return 3;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
