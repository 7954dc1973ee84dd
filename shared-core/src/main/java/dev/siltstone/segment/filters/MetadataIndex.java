package dev.siltstone.segment.filters;

import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.segment.file.ByteSource;
import dev.siltstone.segment.file.FramedFile;
import dev.siltstone.segment.file.Section;
import dev.siltstone.where.Comparison;
import dev.siltstone.where.ScalarOrder;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A {@code filters.idx} opened for reading. It is meant to be mapped: opening reads the directory,
 * a condition what it needs; a source by range would fetch whole sections. Answers are bitmaps of
 * the caller's own. Safe for any number of threads.
 */
public final class MetadataIndex implements AutoCloseable {
  private final FramedFile file;
  private final Section columns;
  private final ColumnDirectory directory;
  private final Postings postings;

  private MetadataIndex(FramedFile file) {
    this.file = file;
    this.columns = file.section(FilterFormat.COLUMNS);
    this.directory = ColumnDirectory.read(file.section(FilterFormat.DIRECTORY));
    this.postings = new Postings(file.section(FilterFormat.BITMAPS).readAll());
  }

  /**
   * Opens the file and takes over the source.
   *
   * @throws dev.siltstone.failure.CorruptDataException if it is damaged or truncated
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer writer made it
   */
  public static MetadataIndex open(ByteSource source) {
    FramedFile file = FramedFile.open(FilterFormat.KIND, source);
    try {
      return new MetadataIndex(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Rows of the segment. */
  public int rows() {
    return directory.rows();
  }

  /** The rows that have a document. */
  public RoaringBitmap withDocument() {
    return postings.rows(FilterFormat.BITMAP_FLAG);
  }

  /** The rows whose scalar under the key equals the value. */
  public RoaringBitmap equalTo(String key, Scalar value) {
    Scalar canonical = ScalarOrder.canonical(value);
    return rows(reference(key, ColumnKind.of(canonical), canonical));
  }

  /** The rows whose list under the key has an element that equals the value. */
  public RoaringBitmap containing(String key, Scalar value) {
    Scalar canonical = ScalarOrder.canonical(value);
    return rows(reference(key, ColumnKind.of(canonical).ofElements(), canonical));
  }

  /** The rows whose scalar under the key equals one of the values. */
  public RoaringBitmap equalToAny(String key, Collection<Scalar> values) {
    RowUnion union = new RowUnion(rows());
    for (Scalar value : values) {
      Scalar canonical = ScalarOrder.canonical(value);
      Integer reference = reference(key, ColumnKind.of(canonical), canonical);
      if (reference != null) {
        postings.addTo(union, reference);
      }
    }
    return union.toBitmap();
  }

  /**
   * The rows whose number under the key stands so to the operand.
   *
   * @param comparison by order, not equality
   */
  public RoaringBitmap inOrder(String key, Comparison comparison, Scalar operand) {
    RowUnion union = new RowUnion(rows());
    addRange(union, numbers(key, ColumnKind.INTEGRAL), comparison, operand);
    addRange(union, numbers(key, ColumnKind.FRACTIONAL), comparison, operand);
    return union.toBitmap();
  }

  /** Reads everything and checks it. */
  public void verify() {
    file.verify();
  }

  @Override
  public void close() {
    file.close();
  }

  private void addRange(
      RowUnion union, @Nullable NumberColumn column, Comparison comparison, Scalar operand) {
    if (column == null) {
      return;
    }
    int from =
        switch (comparison) {
          case GREATER -> column.firstAbove(operand);
          case GREATER_OR_EQUAL -> column.firstNotBelow(operand);
          case LESS, LESS_OR_EQUAL -> 0;
          case EQUAL, NOT_EQUAL -> throw new IllegalArgumentException("no order: " + comparison);
        };
    int to =
        switch (comparison) {
          case LESS -> column.firstNotBelow(operand);
          case LESS_OR_EQUAL -> column.firstAbove(operand);
          case GREATER, GREATER_OR_EQUAL, EQUAL, NOT_EQUAL -> column.size();
        };
    for (int place = from; place < to; place++) {
      postings.addTo(union, column.rowsAt(place));
    }
  }

  private RoaringBitmap rows(@Nullable Integer reference) {
    return reference == null ? new RoaringBitmap() : postings.rows(reference);
  }

  /** Where the rows of a value are, or null if no row has it. */
  private @Nullable Integer reference(String key, ColumnKind kind, Scalar canonical) {
    return switch (canonical) {
      case StringValue(String text) -> stringReference(key, kind, StringKey.lookedUp(text));
      case BoolValue(boolean flag) -> numberReference(key, kind, new IntValue(flag ? 1 : 0));
      case IntValue _, FloatValue _ -> numberReference(key, kind, canonical);
    };
  }

  private @Nullable Integer stringReference(String key, ColumnKind kind, byte[] value) {
    ColumnDirectory.Place place = directory.find(key, kind);
    if (place == null) {
      return null;
    }
    StringColumn column =
        new StringColumn(columns.read(place.offset(), place.length()), place.values());
    int found = column.find(value);
    return found < 0 ? null : column.rowsAt(found);
  }

  private @Nullable Integer numberReference(String key, ColumnKind kind, Scalar number) {
    NumberColumn column = numbers(key, kind);
    if (column == null) {
      return null;
    }
    int found = column.firstNotBelow(number);
    return found == column.firstAbove(number) ? null : column.rowsAt(found);
  }

  private @Nullable NumberColumn numbers(String key, ColumnKind kind) {
    ColumnDirectory.Place place = directory.find(key, kind);
    return place == null
        ? null
        : new NumberColumn(
            columns.read(place.offset(), place.length()), place.values(), kind.isFractional());
  }
}
