package dev.siltstone.cache;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.segment.SegmentFile;
import dev.siltstone.segment.StoredVectors;
import dev.siltstone.segment.file.ByteRange;
import dev.siltstone.segment.file.ByteSource;
import dev.siltstone.segment.ids.IdEntry;
import dev.siltstone.segment.ids.IdIndex;
import dev.siltstone.segment.rows.RowBlocks;
import dev.siltstone.segment.rows.RowCursor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Single records of one segment, of whose files only what is asked for is fetched. For each step
 * there is first a method that names the fetches it needs, so that those of all segments run side
 * by side; a step whose fetches were left out fetches by itself, one range at a time.
 */
final class SegmentRecords implements AutoCloseable {
  private final SegmentDescriptor segment;
  private final ByteSource idsFile;
  private final ByteSource rowsFile;
  private final ByteSource vectorsFile;
  private @Nullable IdIndex ids;
  private @Nullable RowBlocks rows;
  private @Nullable StoredVectors vectors;

  SegmentRecords(SegmentDescriptor segment, Function<SegmentFile, ByteSource> sources) {
    this.segment = segment;
    this.idsFile = sources.apply(segment.file(SegmentFile.IDS));
    this.rowsFile = sources.apply(segment.file(SegmentFile.ROWS));
    this.vectorsFile = sources.apply(segment.file(SegmentFile.GRAPH));
  }

  /** For {@link #pageFetches} and {@link #find}. */
  List<Runnable> directoryFetches() {
    return ids == null
        ? fetches(idsFile, List.of(tail(idsFile, IdIndex.tailBytes(segment.rows()))))
        : List.of();
  }

  /** For {@link #find} of these ids. */
  List<Runnable> pageFetches(Collection<RecordId> wanted) {
    IdIndex index = ids();
    return fetches(idsFile, wanted.stream().flatMap(id -> index.rangeOf(id).stream()).toList());
  }

  /** What is known of the id, or null if it is not in this segment. */
  @Nullable IdEntry find(RecordId id) {
    return ids().find(id);
  }

  /** For {@link #wholeFetches}, {@link #contentFetches} and {@link #record}. */
  List<Runnable> tableFetches() {
    List<Runnable> fetches = new ArrayList<>();
    if (rows == null) {
      fetches.addAll(
          fetches(rowsFile, List.of(tail(rowsFile, RowBlocks.tailBytes(rowsFile.size())))));
    }
    if (vectors == null) {
      fetches.addAll(fetches(vectorsFile, List.of(StoredVectors.HEADER)));
    }
    return fetches;
  }

  /** Those files whole of which the content of these entries is a third. */
  List<Runnable> wholeFetches(Collection<IdEntry> wanted) {
    return Stream.of(whole(rowsFile, blocksOf(wanted)), whole(vectorsFile, vectorsOf(wanted)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** For {@link #record} of these entries. */
  List<Runnable> contentFetches(Collection<IdEntry> wanted) {
    List<Runnable> fetches = new ArrayList<>(fetches(rowsFile, blocksOf(wanted)));
    fetches.addAll(fetches(vectorsFile, vectorsOf(wanted)));
    return fetches;
  }

  /** A reader of rows for {@link #record}, which is cheap for neighbouring rows. */
  RowCursor cursor() {
    return rows().cursor();
  }

  /**
   * The whole record.
   *
   * @throws CorruptDataException if it is not the one whose checksum stands in its id entry
   */
  StoredRecord record(IdEntry entry, RowCursor cursor) {
    int row = entry.row();
    StoredRecord record =
        new StoredRecord(
            entry.id(),
            entry.order(),
            vectors().embedding(row),
            cursor.document(row),
            cursor.uri(row),
            cursor.metadata(row));
    if (!RecordChecksum.of(record).equals(entry.checksum())) {
      throw new CorruptDataException(
          "segment %s, row %d: the record does not match its checksum"
              .formatted(segment.id(), row));
    }
    return record;
  }

  /** Lets go of what was fetched ahead; directory and tables stay. */
  void forget() {
    for (ByteSource file : List.of(idsFile, rowsFile, vectorsFile)) {
      if (file instanceof RemoteFile remote) {
        remote.forget();
      }
    }
  }

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
    }
    idsFile.close();
    rowsFile.close();
    vectorsFile.close();
  }

  private IdIndex ids() {
    if (ids == null) {
      IdIndex opened = IdIndex.open(idsFile);
      if (opened.rows() != segment.rows()) {
        throw new CorruptDataException(
            "segment %s: expected %d rows, found %d ids"
                .formatted(segment.id(), segment.rows(), opened.rows()));
      }
      ids = opened;
    }
    return ids;
  }

  private RowBlocks rows() {
    if (rows == null) {
      rows = RowBlocks.open(rowsFile);
    }
    return rows;
  }

  private StoredVectors vectors() {
    if (vectors == null) {
      vectors = StoredVectors.open(segment, vectorsFile);
    }
    return vectors;
  }

  private List<ByteRange> blocksOf(Collection<IdEntry> wanted) {
    RowBlocks blocks = rows();
    return wanted.stream().map(entry -> blocks.rangeOf(entry.row())).toList();
  }

  private List<ByteRange> vectorsOf(Collection<IdEntry> wanted) {
    StoredVectors stored = vectors();
    return wanted.stream().flatMap(entry -> stored.rangesOf(entry.row()).stream()).toList();
  }

  private static Optional<Runnable> whole(ByteSource file, List<ByteRange> wanted) {
    return file instanceof RemoteFile remote ? remote.whole(wanted) : Optional.empty();
  }

  private static List<Runnable> fetches(ByteSource file, List<ByteRange> wanted) {
    return file instanceof RemoteFile remote ? remote.fetches(wanted) : List.of();
  }

  private static ByteRange tail(ByteSource file, long bytes) {
    int length = (int) Math.min(bytes, file.size());
    return new ByteRange(file.size() - length, length);
  }
}
