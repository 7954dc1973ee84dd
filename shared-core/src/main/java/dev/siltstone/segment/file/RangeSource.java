package dev.siltstone.segment.file;

import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** An object read by range where it is stored: every read is one request, nothing is kept. */
public final class RangeSource implements ByteSource {
  private final ObjectStore store;
  private final ObjectKey key;
  private final long size;

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

  @Override
  public ByteBuffer read(long offset, int length) {
    Objects.checkFromIndexSize(offset, length, size);
    return ByteBuffer.wrap(store.getRange(key, offset, length))
        .asReadOnlyBuffer()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public String name() {
    return key.value();
  }

  /** Nothing is held open. */
  @Override
  public void close() {}
}
