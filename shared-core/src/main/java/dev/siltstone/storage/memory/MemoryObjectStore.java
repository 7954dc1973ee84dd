package dev.siltstone.storage.memory;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.simulation.Wire;
import dev.siltstone.simulation.Wire.Call;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.StoredObject;
import dev.siltstone.time.Clock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Objects in memory, for tests and simulation. As on S3, the ETag is made of the content: the same
 * bytes have the same one. Each effect is atomic, also between threads.
 */
public final class MemoryObjectStore implements ObjectStore {
  private final Wire wire;
  private final Clock clock;
  private final TreeMap<ObjectKey, Held> objects = new TreeMap<>();

  private record Held(byte[] bytes, ETag etag, Instant modified) {}

  /**
   * An empty store.
   *
   * @param wire what each call goes over
   * @param clock for times of modification
   */
  public MemoryObjectStore(Wire wire, Clock clock) {
    this.wire = wire;
    this.clock = clock;
  }

  /** Puts bytes there whatever is there, as no caller of the seam can: damage, for instance. */
  public synchronized void overwrite(ObjectKey key, byte[] bytes) {
    objects.put(key, held(bytes));
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return wire.call(
        read("get", key), () -> held(key).map(o -> new StoredObject(o.bytes().clone(), o.etag())));
  }

  @Override
  public byte[] getRange(ObjectKey key, long offset, int length) {
    return wire.call(read("getRange", key), () -> range(present(key), offset, length));
  }

  private static byte[] range(byte[] bytes, long offset, int length) {
    if (offset < 0 || length < 0 || length > bytes.length - offset) {
      throw new IllegalArgumentException(
          "range of %d bytes from %d of an object of %d".formatted(length, offset, bytes.length));
    }
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    byte[] bytes = wire.call(read("download", key), () -> present(key));
    try {
      sink.write(ByteBuffer.wrap(range(bytes, offset, bytes.length - (int) offset)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.length;
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
    byte[] bytes = bytes(body);
    return wire.call(write("putIfAbsent", key), () -> putIf(key, bytes, null));
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
    byte[] bytes = bytes(body);
    return wire.call(write("putIfMatch", key), () -> putIf(key, bytes, expected));
  }

  private synchronized PutResult putIf(ObjectKey key, byte[] bytes, @Nullable ETag expected) {
    Held old = objects.get(key);
    if (!Objects.equals(expected, old == null ? null : old.etag())) {
      return new PutResult.ConditionFailed();
    }
    Held held = held(bytes);
    objects.put(key, held);
    return new PutResult.Stored(held.etag());
  }

  @Override
  public List<ListedObject> listAfter(String prefix, @Nullable ObjectKey after, int limit) {
    return wire.call(new Call("listAfter", prefix, false), () -> listed(prefix, after, limit));
  }

  private synchronized List<ListedObject> listed(
      String prefix, @Nullable ObjectKey after, int limit) {
    Map<ObjectKey, Held> rest = after == null ? objects : objects.tailMap(after, false);
    return rest.entrySet().stream()
        .filter(entry -> entry.getKey().value().startsWith(prefix))
        .limit(limit)
        .map(entry ->
            new ListedObject(
                entry.getKey(), entry.getValue().bytes().length, entry.getValue().modified()))
        .toList();
  }

  @Override
  public void delete(ObjectKey key) {
    wire.call(write("delete", key), () -> removed(key));
  }

  private synchronized boolean removed(ObjectKey key) {
    return objects.remove(key) != null;
  }

  @Override
  public Optional<Path> localPath(ObjectKey key) {
    return Optional.empty();
  }

  private synchronized Optional<Held> held(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  private byte[] present(ObjectKey key) {
    return held(key).orElseThrow(() -> new NotFoundException("There is no object " + key)).bytes();
  }

  private Held held(byte[] bytes) {
    return new Held(bytes, new ETag(Checksum.of(bytes).hex()), clock.now());
  }

  private static byte[] bytes(ObjectBody body) {
    return switch (body) {
      case ObjectBody.Bytes(byte[] bytes) -> bytes.clone();
      case ObjectBody.LocalFile(Path path) -> {
        try {
          yield Files.readAllBytes(path);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private static Call read(String name, ObjectKey key) {
    return new Call(name, key.value(), false);
  }

  private static Call write(String name, ObjectKey key) {
    return new Call(name, key.value(), true);
  }
}
