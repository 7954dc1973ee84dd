package dev.siltstone.cache;

import dev.siltstone.segment.SegmentReader;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's hold on an open segment; the reader must not be used after {@link #close}. */
final class SegmentLease implements AutoCloseable {
  private final SegmentCache cache;
  private final SegmentCache.Shared shared;
  private final SegmentReader reader;
  private final AtomicBoolean closed = new AtomicBoolean();

  SegmentLease(SegmentCache cache, SegmentCache.Shared shared, SegmentReader reader) {
    this.cache = cache;
    this.shared = shared;
    this.reader = reader;
  }

  SegmentReader reader() {
    return reader;
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      cache.release(shared);
    }
  }
}
