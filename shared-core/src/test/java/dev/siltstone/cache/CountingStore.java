package dev.siltstone.cache;

import dev.siltstone.failure.NotFoundException;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A remote store in memory that remembers from which offsets it was downloaded, and by range. */
final class CountingStore implements ObjectStore {
  private final Map<ObjectKey, byte[]> objects = new ConcurrentHashMap<>();
  private final List<Long> offsets = new ArrayList<>();
  private final List<Range> ranges = Collections.synchronizedList(new ArrayList<>());
  private final Map<ObjectKey, byte[]> damagedOnce = new ConcurrentHashMap<>();

  /** A request for some bytes of an object. */
  record Range(ObjectKey key, int length) {}

  int downloads() {
    return offsets().size();
  }

  List<Long> offsets() {
    synchronized (offsets) {
      return List.copyOf(offsets);
    }
  }

  /** The requests by range since the last call of this method. */
  List<Range> takeRanges() {
    synchronized (ranges) {
      List<Range> taken = List.copyOf(ranges);
      ranges.clear();
      return taken;
    }
  }

  byte[] bytes(ObjectKey key) {
    return require(key).clone();
  }

  /** The next request by range for this object is answered from these bytes. */
  void damageOnce(ObjectKey key, byte[] bytes) {
    damagedOnce.put(key, bytes);
  }

  void replace(ObjectKey key, byte[] bytes) {
    objects.put(key, bytes);
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key))
        .map(bytes -> new StoredObject(bytes, new ETag(Checksum.of(bytes).hex())));
  }

  @Override
  public byte[] getRange(ObjectKey key, long offset, int length) {
    ranges.add(new Range(key, length));
    byte[] damaged = damagedOnce.remove(key);
    byte[] bytes = damaged == null ? require(key) : damaged;
    return Arrays.copyOfRange(bytes, (int) offset, (int) offset + length);
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    synchronized (offsets) {
      offsets.add(offset);
    }
    byte[] bytes = require(key);
    try {
      int from = (int) Math.min(offset, bytes.length);
      sink.write(ByteBuffer.wrap(bytes, from, bytes.length - from));
      return bytes.length;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
    byte[] bytes =
        switch (body) {
          case ObjectBody.Bytes(byte[] given) -> given;
          case ObjectBody.LocalFile(Path path) -> {
            try {
              yield Files.readAllBytes(path);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        };
    return objects.putIfAbsent(key, bytes) == null
        ? new PutResult.Stored(new ETag(Checksum.of(bytes).hex()))
        : new PutResult.ConditionFailed();
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
    throw new AssertionError("a cache replaces nothing");
  }

  @Override
  public List<ListedObject> listAfter(String prefix, @Nullable ObjectKey after, int limit) {
    throw new AssertionError("a cache lists nothing");
  }

  @Override
  public void delete(ObjectKey key) {
    throw new AssertionError("a cache deletes nothing");
  }

  @Override
  public Optional<Path> localPath(ObjectKey key) {
    return Optional.empty();
  }

  private byte[] require(ObjectKey key) {
    byte[] bytes = objects.get(key);
    if (bytes == null) {
      throw new NotFoundException("no object " + key);
    }
    return bytes;
  }
}
