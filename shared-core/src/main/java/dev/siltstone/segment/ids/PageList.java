package dev.siltstone.segment.ids;

import dev.siltstone.segment.file.FramedFileWriter;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Where pages begin and what separates them, gathered while they are written. */
final class PageList {
  private static final long MAX_OFFSET = (1L << 32) - 1;

  /** Per row, where its entry stands. */
  final int[] entryOffsets;

  private int[] pageOffsets = new int[64];
  private int[] separatorOffsets = new int[64];
  private final ByteArrayOutputStream separators = new ByteArrayOutputStream();
  private int count;

  PageList(int rows) {
    this.entryOffsets = new int[rows];
  }

  int count() {
    return count;
  }

  /**
   * Notes the start of a page.
   *
   * @param before the last id of the page before, empty for the first page
   */
  void begin(long offset, byte[] before, byte[] firstId) {
    append(offset);
    if (count > 0) {
      separators.write(firstId, 0, Arrays.mismatch(before, firstId) + 1);
    }
    count++;
  }

  /** Notes where the last page ends. */
  void end(long offset) {
    append(offset);
  }

  void place(int row, long offset) {
    entryOffsets[row] = u32(offset);
  }

  void writeTo(FramedFileWriter file) {
    for (int page = 0; page <= count; page++) {
      file.putInt(pageOffsets[page]);
    }
    for (int page = 0; page <= count; page++) {
      file.putInt(separatorOffsets[page]);
    }
    file.put(separators.toByteArray());
  }

  private void append(long offset) {
    if (count + 1 == pageOffsets.length) {
      pageOffsets = Arrays.copyOf(pageOffsets, pageOffsets.length * 2);
      separatorOffsets = Arrays.copyOf(separatorOffsets, separatorOffsets.length * 2);
    }
    pageOffsets[count] = u32(offset);
    separatorOffsets[count] = separators.size();
  }

  private static int u32(long offset) {
    if (offset > MAX_OFFSET) {
      throw new IllegalArgumentException("a segment's ids take more than 4 GiB");
    }
    return (int) offset;
  }
}
