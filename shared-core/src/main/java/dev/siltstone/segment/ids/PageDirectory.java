package dev.siltstone.segment.ids;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.file.Section;
import dev.siltstone.segment.file.UnsignedBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Which page holds an id, if any does: separators and the Bloom filter, read once. */
final class PageDirectory {
  private static final int HEADER_BYTES = 16;

  private final int pages;
  private final BloomFilter bloom;
  private final ByteBuffer pageOffsets;
  private final ByteBuffer separatorOffsets;
  private final ByteBuffer separators;

  private PageDirectory(ByteBuffer bytes) {
    this.pages = bytes.getInt(0);
    int bloomBytes = bytes.getInt(4) * Long.BYTES;
    int offsetBytes = (pages + 1) * Integer.BYTES;
    this.bloom = new BloomFilter(part(bytes, HEADER_BYTES, bloomBytes), bytes.getInt(8));
    this.pageOffsets = part(bytes, HEADER_BYTES + bloomBytes, offsetBytes);
    this.separatorOffsets = part(bytes, HEADER_BYTES + bloomBytes + offsetBytes, offsetBytes);
    int separatorsAt = HEADER_BYTES + bloomBytes + 2 * offsetBytes;
    this.separators = part(bytes, separatorsAt, bytes.limit() - separatorsAt);
  }

  /**
   * Reads and checks it.
   *
   * @throws CorruptDataException if it does not match its checksum or contradicts itself
   */
  static PageDirectory read(Section section) {
    ByteBuffer bytes = section.readVerified();
    try {
      return new PageDirectory(bytes);
    } catch (IndexOutOfBoundsException e) {
      throw new CorruptDataException(section.fileName() + ": the directory is too short", e);
    }
  }

  boolean mayContain(byte[] id) {
    return bloom.mayContain(BloomFilter.hash(id));
  }

  /** The only page that may hold the id. */
  int pageOf(byte[] id) {
    int low = 0;
    int high = pages - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (compareSeparator(middle, id) <= 0) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  long pageStart(int page) {
    return Integer.toUnsignedLong(pageOffsets.getInt(page * Integer.BYTES));
  }

  int pageLength(int page) {
    return (int) (pageStart(page + 1) - pageStart(page));
  }

  private int compareSeparator(int page, byte[] id) {
    int start = separatorOffsets.getInt(page * Integer.BYTES);
    int end = separatorOffsets.getInt((page + 1) * Integer.BYTES);
    return UnsignedBytes.compare(separators, start, end - start, id);
  }

  private static ByteBuffer part(ByteBuffer bytes, int from, int length) {
    return bytes.slice(from, length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
