package dev.siltstone.segment.filters;

import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.segment.file.FramedFileWriter;

/** Strings; 8 bytes an occurrence, and at most 20 and the string itself (≤ 128) per value. */
final class StringColumnBuilder implements ColumnBuilder {
  private final StringTable table = new StringTable();
  private final RowLists lists = new RowLists();
  private int[] order = new int[0];
  private int[] rowReferences = new int[0];

  @Override
  public void add(Scalar canonical, int row) {
    if (!(canonical instanceof StringValue(String text))) {
      throw new IllegalArgumentException("no string");
    }
    lists.add(table.numberOf(StringKey.of(text)), row);
  }

  @Override
  public void writeBitmaps(FramedFileWriter file) {
    order = table.sorted();
    rowReferences = RowReferences.write(lists.grouped(table.size()), file);
  }

  @Override
  public int writeColumn(FramedFileWriter file) {
    int offset = 0;
    for (int number : order) {
      file.putInt(offset);
      offset += table.get(number).length;
    }
    file.putInt(offset);
    for (int number : order) {
      file.putInt(rowReferences[number]);
    }
    for (int number : order) {
      file.put(table.get(number));
    }
    return order.length;
  }
}
