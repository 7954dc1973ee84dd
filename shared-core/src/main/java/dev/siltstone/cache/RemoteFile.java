package dev.siltstone.cache;

import dev.siltstone.segment.file.ByteRange;
import dev.siltstone.segment.file.ByteSource;
import dev.siltstone.segment.file.MappedSource;
import dev.siltstone.segment.file.RangeSource;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stored file of which some is read: by range, or as soon as a third of it is wanted at once
 * fetched whole, kept and mapped.
 */
final class RemoteFile implements ByteSource {
  private static final int WHOLE_SHARE = 3;

  /** Up to this length a whole file is one request, whose bytes stay in memory. */
  private static final int SMALL_BYTES = 64 << 10;

  private final RangeSource ranges;
  private final Supplier<Optional<MappedSource>> whole;
  private volatile @Nullable MappedSource mapped;
  private volatile boolean lacksRoom;

  /**
   * @param whole fetches and maps the file; empty if there is no room for it
   */
  RemoteFile(RangeSource ranges, Supplier<Optional<MappedSource>> whole) {
    this.ranges = ranges;
    this.whole = whole;
  }

  /** What has to run, side by side, so that reading these ranges makes no request. */
  List<Runnable> fetches(Collection<ByteRange> wanted) {
    if (mapped != null) {
      return List.of();
    }
    List<Runnable> requests =
        ranges.requests(wanted).stream()
            .<Runnable>map(request -> () -> ranges.fetch(request))
            .toList();
    return whole(wanted)
        .map(all -> List.<Runnable>of(() -> wholeOr(all, requests)))
        .orElse(requests);
  }

  /** What has to run if these ranges are a third of the file; empty if they are less. */
  Optional<Runnable> whole(Collection<ByteRange> wanted) {
    long bytes = ranges.requests(wanted).stream().mapToLong(ByteRange::length).sum();
    if (mapped != null || lacksRoom || bytes * WHOLE_SHARE < size()) {
      return Optional.empty();
    }
    return Optional.of(
        size() <= SMALL_BYTES
            ? () -> ranges.fetch(new ByteRange(0, (int) size()))
            : this::becomeWhole);
  }

  /** Lets go of what was fetched ahead. */
  void forget() {
    ranges.forget();
  }

  @Override
  public long size() {
    return ranges.size();
  }

  @Override
  public ByteBuffer read(long offset, int length) {
    MappedSource all = mapped;
    return all != null ? all.read(offset, length) : ranges.read(offset, length);
  }

  @Override
  public String name() {
    return ranges.name();
  }

  @Override
  public void close() {
    ranges.close();
    if (mapped != null) {
      mapped.close();
    }
  }

  private void wholeOr(Runnable all, List<Runnable> requests) {
    all.run();
    if (lacksRoom) {
      requests.forEach(Runnable::run);
    }
  }

  private void becomeWhole() {
    mapped = whole.get().orElse(null);
    lacksRoom = mapped == null;
  }
}
