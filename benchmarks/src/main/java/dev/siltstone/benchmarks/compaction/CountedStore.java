package dev.siltstone.benchmarks.compaction;

import dev.siltstone.segment.SegmentFile;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * A store as if it were far away: nothing is mapped in place, each request can be made to take
 * longer, and everything is counted, bytes written also by file name.
 */
final class CountedStore implements ObjectStore {
  private static final long DOWNLOAD_PART = 8 << 20;

  private final ObjectStore store;
  private final long latencyMillis;
  private final LongAdder gets = new LongAdder();
  private final LongAdder bytesDown = new LongAdder();
  private final LongAdder puts = new LongAdder();
  private final LongAdder bytesUp = new LongAdder();
  private final LongAdder others = new LongAdder();
  private final List<GraphShares> vectors = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, LongAdder> bytesUpByName = new ConcurrentHashMap<>();

  CountedStore(ObjectStore store, long latencyMillis) {
    this.store = store;
    this.latencyMillis = latencyMillis;
  }

  Traffic traffic(long services) {
    return new Traffic(
        gets.sum(), bytesDown.sum(), puts.sum(), bytesUp.sum(), others.sum(), services);
  }

  /** Bytes written to objects whose last name is this. */
  long bytesUp(String name) {
    LongAdder bytes = bytesUpByName.get(name);
    return bytes == null ? 0 : bytes.sum();
  }

  /** What the stored vector files held, in the order in which they were stored. */
  List<GraphShares> vectorFiles() {
    synchronized (vectors) {
      return List.copyOf(vectors);
    }
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    gets.increment();
    travel();
    Optional<StoredObject> object = store.get(key);
    object.ifPresent(found -> bytesDown.add(found.bytes().length));
    return object;
  }

  @Override
  public byte[] getRange(ObjectKey key, long offset, int length) {
    gets.increment();
    bytesDown.add(length);
    travel();
    return store.getRange(key, offset, length);
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    travel();
    long size = store.download(key, offset, expectedBytes, sink);
    gets.add(Math.ceilDiv(size - offset, DOWNLOAD_PART));
    bytesDown.add(size - offset);
    return size;
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
    wrote(key, body);
    return store.putIfAbsent(key, body);
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
    wrote(key, body);
    return store.putIfMatch(key, body, expected);
  }

  @Override
  public List<ListedObject> listAfter(String prefix, @Nullable ObjectKey after, int limit) {
    others.increment();
    travel();
    return store.listAfter(prefix, after, limit);
  }

  @Override
  public void delete(ObjectKey key) {
    others.increment();
    travel();
    store.delete(key);
  }

  @Override
  public Optional<Path> localPath(ObjectKey key) {
    return Optional.empty();
  }

  private void wrote(ObjectKey key, ObjectBody body) {
    long bytes = length(body);
    puts.increment();
    bytesUp.add(bytes);
    String name = key.value().substring(key.value().lastIndexOf('/') + 1);
    bytesUpByName.computeIfAbsent(name, _ -> new LongAdder()).add(bytes);
    if (name.equals(SegmentFile.GRAPH) && body instanceof ObjectBody.LocalFile(Path path)) {
      vectors.add(GraphShares.of(path));
    }
    travel();
  }

  private static long length(ObjectBody body) {
    return switch (body) {
      case ObjectBody.Bytes(byte[] bytes) -> bytes.length;
      case ObjectBody.LocalFile(Path path) -> {
        try {
          yield Files.size(path);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  private void travel() {
    if (latencyMillis == 0) {
      return;
    }
    try {
      Thread.sleep(latencyMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
