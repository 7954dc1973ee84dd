package dev.siltstone.segment.file;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A stretch of a file.
 *
 * @param offset from the start of the file
 * @param length in bytes
 */
public record ByteRange(long offset, int length) {
  public ByteRange {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("%d bytes from %d".formatted(length, offset));
    }
  }

  /** Where the byte after the last one stands. */
  public long end() {
    return offset + length;
  }

  /**
   * The same bytes in fewer ranges, in ascending order: those that overlap, touch or lie close
   * together become one, gap included. Empty ranges are dropped.
   *
   * @param gap most bytes between two ranges that are still worth reading along
   * @param longest no range becomes longer by joining
   */
  public static List<ByteRange> joined(Collection<ByteRange> ranges, int gap, int longest) {
    List<ByteRange> sorted =
        ranges.stream()
            .filter(range -> range.length > 0)
            .sorted(Comparator.comparingLong(ByteRange::offset))
            .toList();
    List<ByteRange> joined = new ArrayList<>();
    for (ByteRange next : sorted) {
      ByteRange last = joined.isEmpty() ? null : joined.getLast();
      if (last == null || next.offset - last.end() > gap || next.end() - last.offset > longest) {
        joined.add(next);
      } else if (next.end() > last.end()) {
        joined.set(joined.size() - 1, new ByteRange(last.offset, (int) (next.end() - last.offset)));
      }
    }
    return joined;
  }
}
