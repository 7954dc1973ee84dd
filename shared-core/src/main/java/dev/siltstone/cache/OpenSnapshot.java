package dev.siltstone.cache;

import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.snapshot.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One version of a collection, mapped and ready to read, by many threads at once. Counted: whoever
 * got it from {@link SnapshotCache} closes it, and it is unmapped when the last user has. The empty
 * collection, never published, is an open snapshot without manifest and segments.
 */
public final class OpenSnapshot implements AutoCloseable {
  private final @Nullable Manifest manifest;
  private final List<SegmentLease> leases;
  private final List<OpenSegment> segments;
  private int users = 1;

  OpenSnapshot(@Nullable Manifest manifest, List<SegmentLease> leases, List<OpenSegment> segments) {
    this.manifest = manifest;
    this.leases = List.copyOf(leases);
    this.segments = List.copyOf(segments);
  }

  /** The collection before its first publish. */
  static OpenSnapshot empty() {
    return new OpenSnapshot(null, List.of(), List.of());
  }

  /** What it was published as; empty in generation 0. */
  public Optional<Manifest> manifest() {
    return Optional.ofNullable(manifest);
  }

  public List<OpenSegment> segments() {
    return segments;
  }

  /** Where the record with this id stands, if this snapshot shows one. */
  public Optional<RowAddress> find(RecordId id) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      OptionalInt row = segments.get(i).reader().rowOf(id);
      if (row.isPresent() && !segments.get(i).deleted().contains(row.getAsInt())) {
        return Optional.of(new RowAddress(i, row.getAsInt()));
      }
    }
    return Optional.empty();
  }

  public StoredRecord record(RowAddress address) {
    return segments.get(address.segment()).reader().record(address.row());
  }

  /** Records that this snapshot shows. */
  public long liveRecords() {
    return segments.stream().mapToLong(OpenSegment::liveRows).sum();
  }

  /** One more user; false if the last one has closed it already. */
  public synchronized boolean retain() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  @Override
  public void close() {
    synchronized (this) {
      if (users == 0 || --users > 0) {
        return;
      }
    }
    new ArrayList<>(leases).forEach(SegmentLease::close);
  }
}
