package dev.siltstone.segment.filters;

import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.segment.file.FramedFileWriter;

/** The values of one kind under one key, gathered row by row. */
sealed interface ColumnBuilder permits NumberColumnBuilder, StringColumnBuilder {
  /** Notes that the row has this value, which is in canonical form; rows do not fall. */
  void add(Scalar canonical, int row);

  /** Writes the bitmaps of values with several rows; called once, before {@link #writeColumn}. */
  void writeBitmaps(FramedFileWriter file);

  /** Writes the column itself; returns how many values it has. */
  int writeColumn(FramedFileWriter file);

  static ColumnBuilder of(ColumnKind kind) {
    return kind.isString()
        ? new StringColumnBuilder()
        : new NumberColumnBuilder(kind.isFractional());
  }
}
