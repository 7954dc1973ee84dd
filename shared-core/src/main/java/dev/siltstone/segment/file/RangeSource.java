package dev.siltstone.segment.file;

import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * An object read by range where it is stored. A read of bytes that were fetched ahead costs
 * nothing; any other is one request, whose answer is not kept.
 */
public final class RangeSource implements ByteSource {
  /**
   * Bytes between two wanted ranges that are read along. A request takes about as long as 64 KB
   * more in one that is under way, and costs as much as a millisecond of a function's time.
   */
  static final int GAP_BYTES = 32 << 10;

  static final int REQUEST_BYTES = 8 << 20;

  private final ObjectStore store;
  private final ObjectKey key;
  private final long size;
  private final ConcurrentSkipListMap<Long, ByteBuffer> ahead = new ConcurrentSkipListMap<>();

  /**
   * @param size the object's length, which whoever names the object knows
   */
  public RangeSource(ObjectStore store, ObjectKey key, long size) {
    this.store = store;
    this.key = key;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  /** The requests that bring these ranges, without those that are here already. */
  public List<ByteRange> requests(Collection<ByteRange> wanted) {
    return ByteRange.joined(
        wanted.stream().filter(range -> fetched(range.offset(), range.length()) == null).toList(),
        GAP_BYTES,
        REQUEST_BYTES);
  }

  /** One request; its bytes are kept until {@link #forget}. */
  public void fetch(ByteRange request) {
    ahead.put(request.offset(), get(request.offset(), request.length()));
  }

  /** Lets go of what was fetched ahead. */
  public void forget() {
    ahead.clear();
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    ByteBuffer fetched = fetched(offset, length);
    return fetched != null ? fetched : get(offset, length);
  }

  @Override
  public String name() {
    return key.value();
  }

  /** Nothing is held open. */
  @Override
  public void close() {
    ahead.clear();
  }

  private ByteBuffer get(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, size);
    return little(ByteBuffer.wrap(store.getRange(key, offset, length)).asReadOnlyBuffer());
  }

  private @Nullable ByteBuffer fetched(long offset, int length) {
    Map.Entry<Long, ByteBuffer> before = ahead.floorEntry(offset);
    if (before == null || offset + length > before.getKey() + before.getValue().limit()) {
      return null;
    }
    return little(before.getValue().slice((int) (offset - before.getKey()), length));
  }

  private static ByteBuffer little(ByteBuffer bytes) {
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }
}
