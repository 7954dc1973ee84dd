package dev.siltstone.segment;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.hnsw.GraphFile;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.file.MappedSource;
import dev.siltstone.segment.filters.DocumentSearch;
import dev.siltstone.segment.filters.MetadataIndex;
import dev.siltstone.segment.filters.RowBounds;
import dev.siltstone.segment.filters.WhereEvaluator;
import dev.siltstone.segment.fulltext.TextIndex;
import dev.siltstone.segment.ids.IdEntry;
import dev.siltstone.segment.ids.IdIndex;
import dev.siltstone.segment.rows.RowBlocks;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.where.RecordCheck;
import dev.siltstone.where.TextWork;
import dev.siltstone.where.Where;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * A segment's files, mapped. Opening reads a few hundred bytes of each and scans nothing. Safe for
 * any number of threads; none may read after {@link #close}, and who tries gets an {@link
 * IllegalStateException}.
 *
 * <p>Methods throw {@link CorruptDataException} where bytes do not match their checksums.
 */
public final class SegmentReader implements AutoCloseable {
  private final SegmentDescriptor descriptor;
  private final OpenFiles open;
  private final GraphFile graph;
  private final IdIndex ids;
  private final RowBlocks rowBlocks;
  private final MetadataIndex filters;
  private final @Nullable TextFile text;
  private final WhereEvaluator evaluator;

  private SegmentReader(
      SegmentDescriptor descriptor,
      Function<SegmentFile, Path> paths,
      Supplier<Path> textPath,
      OpenFiles open) {
    this.descriptor = descriptor;
    this.open = open;
    this.graph =
        open.add(GraphFile.open(paths.apply(descriptor.file(SegmentFile.GRAPH))), GraphFile::close);
    this.ids = open.add(IdIndex.open(mapped(descriptor, SegmentFile.IDS, paths)), IdIndex::close);
    this.rowBlocks =
        open.add(RowBlocks.open(mapped(descriptor, SegmentFile.ROWS, paths)), RowBlocks::close);
    this.filters =
        open.add(
            MetadataIndex.open(mapped(descriptor, SegmentFile.FILTERS, paths)),
            MetadataIndex::close);
    this.text =
        descriptor.has(SegmentFile.TEXT)
            ? open.add(new TextFile(descriptor, textPath), TextFile::close)
            : null;
    this.evaluator =
        new WhereEvaluator(filters, text == null ? DocumentSearch.NOTHING_KNOWN : text);
    checkAgreement();
  }

  /**
   * Maps the files that {@code paths} names.
   *
   * @throws CorruptDataException if one is damaged, truncated, or not the one that the descriptor
   *     means
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer writer made one
   * @throws java.io.UncheckedIOException if one cannot be read
   */
  public static SegmentReader open(
      SegmentDescriptor descriptor, Function<SegmentFile, Path> paths) {
    SegmentReader reader =
        openBeforeText(descriptor, paths, () -> paths.apply(descriptor.file(SegmentFile.TEXT)));
    try {
      reader.text();
      return reader;
    } catch (RuntimeException e) {
      reader.close();
      throw e;
    }
  }

  /**
   * As {@link #open}, except that the text index, without which nearly everything can be read, may
   * come later: it is opened when {@link #text} or a condition on documents first needs it.
   *
   * @param textPath where the index is; may wait for it, and fail: then the next who needs it asks
   *     again, and only the read that needed it fails
   */
  public static SegmentReader openBeforeText(
      SegmentDescriptor descriptor, Function<SegmentFile, Path> paths, Supplier<Path> textPath) {
    OpenFiles open = new OpenFiles();
    try {
      return new SegmentReader(descriptor, paths, textPath, open);
    } catch (RuntimeException e) {
      open.close();
      throw e;
    }
  }

  public SegmentDescriptor descriptor() {
    return descriptor;
  }

  /** Number of rows, deleted ones included. */
  public int rows() {
    return descriptor.rows();
  }

  /** The record's row, or empty if it is not in this segment. */
  public OptionalInt rowOf(RecordId id) {
    IdEntry entry = ids.find(id);
    return entry == null ? OptionalInt.empty() : OptionalInt.of(entry.row());
  }

  /** Row, order key and checksum of the record, or null if it is not in this segment. */
  public @Nullable IdEntry find(RecordId id) {
    return ids.find(id);
  }

  public RecordId id(int row) {
    return ids.id(row);
  }

  public OrderKey order(int row) {
    return ids.order(row);
  }

  public RecordChecksum checksum(int row) {
    return ids.checksum(row);
  }

  /** The vector, bit for bit as it was written. */
  public Embedding embedding(int row) {
    return graph.embedding(row);
  }

  /** The row's text, or null if it has none. For many rows use a {@link #cursor}. */
  public @Nullable String document(int row) {
    return cursor().document(row);
  }

  /** The row's uri, or null if it has none. For many rows use a {@link #cursor}. */
  public @Nullable String uri(int row) {
    return cursor().uri(row);
  }

  /** For many rows use a {@link #cursor}. */
  public Metadata metadata(int row) {
    return cursor().metadata(row);
  }

  /** A reader of document, uri and metadata for one thread, cheap for neighbouring rows. */
  public RowCursor cursor() {
    return rowBlocks.cursor();
  }

  /**
   * The whole record, as it was added and compared with its checksum. For many rows give one {@link
   * #cursor} for all.
   */
  public StoredRecord record(int row) {
    return record(row, cursor());
  }

  /**
   * The whole record, its fields read through a cursor of this segment.
   *
   * @throws CorruptDataException if it is not the one whose checksum stands beside its id
   */
  public StoredRecord record(int row, RowCursor cursor) {
    StoredRecord record = uncheckedRecord(row, cursor);
    if (!RecordChecksum.of(record).equals(checksum(row))) {
      throw new CorruptDataException(
          "segment %s, row %d: the record does not match its checksum"
              .formatted(descriptor.id(), row));
    }
    return record;
  }

  /** What the files hold of a row, for whoever compares it with its checksum. */
  public StoredRecord uncheckedRecord(int row, RowCursor cursor) {
    return new StoredRecord(
        id(row),
        order(row),
        embedding(row),
        cursor.document(row),
        cursor.uri(row),
        cursor.metadata(row));
  }

  /**
   * What the indexes say of the rows that satisfy the filter, in bitmaps of the caller's own. No
   * document is read: rows that are possible but not certain are left to {@link #matches}.
   *
   * @param candidates rows to choose from, such as {@link DeletedRows#liveOf}; not changed
   */
  public RowBounds bounds(Where where, RoaringBitmap candidates) {
    return evaluator.evaluate(where, candidates);
  }

  /** Whether a row that the indexes leave open satisfies the filter. */
  public static boolean matches(RecordCheck check, int row, RowCursor cursor) {
    return check.matches(
        check.readsMetadata() ? cursor.metadata(row) : Metadata.NONE, cursor.document(row));
  }

  /**
   * The candidates that satisfy the filter, as a bitmap of the caller's own, every open row looked
   * at.
   *
   * @param candidates rows to choose from; not changed
   */
  public RoaringBitmap matching(Where where, RoaringBitmap candidates) {
    RowBounds bounds = bounds(where, candidates);
    RoaringBitmap found = bounds.certain().clone();
    RecordCheck check = new RecordCheck(where.documentPart(), new TextWork());
    RowCursor cursor = cursor();
    RoaringBitmap.andNot(bounds.possible(), bounds.certain())
        .forEach((int row) -> {
          if (matches(check, row, cursor)) {
            found.add(row);
          }
        });
    return found;
  }

  /** The index of the documents' texts, or null if they are so few that they are read instead. */
  public @Nullable TextIndex text() {
    return text == null ? null : text.index();
  }

  /** The index of metadata values. */
  public MetadataIndex filters() {
    return filters;
  }

  /** The vectors and, if the segment has one, the graph. */
  public GraphFile graph() {
    return graph;
  }

  /** Unmaps all files. */
  @Override
  public void close() {
    open.close();
  }

  private static MappedSource mapped(
      SegmentDescriptor descriptor, String name, Function<SegmentFile, Path> paths) {
    return MappedSource.open(paths.apply(descriptor.file(name)));
  }

  private void checkAgreement() {
    int rows = descriptor.rows();
    if (graph.size() != rows || ids.rows() != rows || filters.rows() != rows) {
      throw new CorruptDataException(
          "segment %s: expected %d rows, found %d vectors, %d ids and filters of %d rows"
              .formatted(descriptor.id(), rows, graph.size(), ids.rows(), filters.rows()));
    }
    if (graph.dimension() != descriptor.dimension() || graph.space() != descriptor.space()) {
      throw new CorruptDataException(
          "segment %s: expected dimension %d in %s, found dimension %d in %s"
              .formatted(
                  descriptor.id(),
                  descriptor.dimension(),
                  descriptor.space(),
                  graph.dimension(),
                  graph.space()));
    }
  }
}
