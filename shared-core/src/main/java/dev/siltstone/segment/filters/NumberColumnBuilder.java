package dev.siltstone.segment.filters;

import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.segment.file.FramedFileWriter;
import java.util.Arrays;

/** Numbers or bools; 12 bytes an occurrence, and 8 more each while they are sorted. */
final class NumberColumnBuilder implements ColumnBuilder {
  private final boolean fractional;
  private long[] sortable = new long[8];
  private int[] rows = new int[8];
  private int count;
  private long[] distinct = new long[0];
  private int[] rowReferences = new int[0];

  NumberColumnBuilder(boolean fractional) {
    this.fractional = fractional;
  }

  @Override
  public void add(Scalar canonical, int row) {
    if (count == rows.length) {
      sortable = Arrays.copyOf(sortable, count * 2);
      rows = Arrays.copyOf(rows, count * 2);
    }
    sortable[count] = sortable(canonical);
    rows[count++] = row;
  }

  @Override
  public void writeBitmaps(FramedFileWriter file) {
    distinct = Arrays.stream(sortable, 0, count).sorted().distinct().toArray();
    RowLists lists = new RowLists();
    for (int i = 0; i < count; i++) {
      lists.add(Arrays.binarySearch(distinct, sortable[i]), rows[i]);
    }
    rowReferences = RowReferences.write(lists.grouped(distinct.length), file);
  }

  @Override
  public int writeColumn(FramedFileWriter file) {
    for (long value : distinct) {
      file.putLong(fractional ? flipped(value) : value);
    }
    for (int reference : rowReferences) {
      file.putInt(reference);
    }
    return distinct.length;
  }

  private static long sortable(Scalar canonical) {
    return switch (canonical) {
      case IntValue(long value) -> value;
      case BoolValue(boolean value) -> value ? 1 : 0;
      case FloatValue(double value) -> flipped(Double.doubleToRawLongBits(value));
      case StringValue _ -> throw new IllegalArgumentException("a string is no number");
    };
  }

  /** From a float's bits to an integer of the same order, and back. */
  private static long flipped(long bits) {
    return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
  }
}
