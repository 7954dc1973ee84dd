package dev.siltstone.segment.filters;

import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue.Many;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.segment.file.FinishedFile;
import dev.siltstone.segment.file.FramedFileWriter;
import dev.siltstone.where.ScalarOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Writes {@code filters.idx}. Values are gathered in memory until {@link #finish}: about 12 bytes
 * per number and 8 per string occurrence, and once per distinct string its bytes (at most 128) and
 * 20 more. Belongs to one thread.
 */
public final class MetadataIndexWriter {
  private static final int COLUMN_ALIGNMENT = 8;

  private final Path path;
  private final Map<ColumnName, ColumnBuilder> columns = new TreeMap<>();
  private final RoaringBitmap documents = new RoaringBitmap();
  private int rows;

  /** Nothing is written before {@link #finish}. */
  public MetadataIndexWriter(Path path) {
    this.path = path;
  }

  /**
   * Adds the next row.
   *
   * @param hasDocument whether the record has a document
   */
  public void add(Metadata metadata, boolean hasDocument) {
    metadata
        .values()
        .forEach((key, value) -> {
          switch (value) {
            case Scalar scalar -> addScalar(key, scalar);
            case Many list -> list.elements().forEach(element -> addElement(key, element));
          }
        });
    if (hasDocument) {
      documents.add(rows);
    }
    rows++;
  }

  private void addScalar(String key, Scalar scalar) {
    Scalar canonical = ScalarOrder.canonical(scalar);
    add(new ColumnName(key, ColumnKind.of(canonical)), canonical);
  }

  private void addElement(String key, Scalar element) {
    Scalar canonical = ScalarOrder.canonical(element);
    add(new ColumnName(key, ColumnKind.of(canonical).ofElements()), canonical);
  }

  private void add(ColumnName name, Scalar canonical) {
    columns.computeIfAbsent(name, _ -> ColumnBuilder.of(name.kind())).add(canonical, rows);
  }

  /** Writes the file, forces it to the disk and closes it. */
  public FinishedFile finish() {
    try (FramedFileWriter file = FramedFileWriter.create(FilterFormat.KIND, path)) {
      file.begin(FilterFormat.BITMAPS);
      RowReferences.writeBitmap(documents, file);
      columns.values().forEach(column -> column.writeBitmaps(file));
      DirectoryBuilder directory = writeColumns(file);
      file.begin(FilterFormat.DIRECTORY);
      directory.writeTo(file, rows);
      return file.finish();
    }
  }

  private DirectoryBuilder writeColumns(FramedFileWriter file) {
    file.begin(FilterFormat.COLUMNS);
    DirectoryBuilder directory = new DirectoryBuilder();
    columns.forEach((name, column) -> {
      file.put(new byte[(int) -file.sectionLength() & (COLUMN_ALIGNMENT - 1)]);
      long offset = file.sectionLength();
      int values = column.writeColumn(file);
      directory.add(name, values, offset, file.sectionLength() - offset);
    });
    return directory;
  }

  /** Orders as the directory does: by the key's UTF-8 bytes, then by kind. */
  record ColumnName(String key, ColumnKind kind) implements Comparable<ColumnName> {
    private static final Comparator<ColumnName> ORDER =
        Comparator.comparing(ColumnName::keyBytes, Arrays::compareUnsigned)
            .thenComparing(ColumnName::kind);

    byte[] keyBytes() {
      return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int compareTo(ColumnName other) {
      return ORDER.compare(this, other);
    }
  }
}
