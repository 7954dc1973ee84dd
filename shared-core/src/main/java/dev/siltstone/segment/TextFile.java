package dev.siltstone.segment;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.file.MappedSource;
import dev.siltstone.segment.filters.DocumentSearch;
import dev.siltstone.segment.filters.RowBounds;
import dev.siltstone.segment.fulltext.TextIndex;
import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.Regex;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * Conditions on documents, answered by the text index unless few candidates are left. The file need
 * not be here before somebody asks it something.
 */
final class TextFile implements DocumentSearch, AutoCloseable {
  /** So many documents are looked at sooner than the index is asked. */
  private static final int FEW = 8;

  private final SegmentDescriptor descriptor;
  private final Supplier<Path> path;
  private @Nullable TextIndex index;

  /**
   * A file that is opened when it is first asked.
   *
   * @param path where it is; may wait until it is there, and fail: then the next one asks again
   */
  TextFile(SegmentDescriptor descriptor, Supplier<Path> path) {
    this.descriptor = descriptor;
    this.path = path;
  }

  /** The index, opened once. */
  synchronized TextIndex index() {
    TextIndex opened = index;
    if (opened == null) {
      opened = open();
      index = opened;
    }
    return opened;
  }

  @Override
  public RowBounds containing(Contains condition, RoaringBitmap candidates) {
    return candidates.getCardinality() <= FEW
        ? NOTHING_KNOWN.containing(condition, candidates)
        : index().containing(condition.text(), candidates);
  }

  @Override
  public RowBounds matching(Regex condition, RoaringBitmap candidates) {
    return candidates.getCardinality() <= FEW
        ? NOTHING_KNOWN.matching(condition, candidates)
        : index().matching(condition.pattern(), candidates);
  }

  @Override
  public synchronized void close() {
    if (index != null) {
      index.close();
    }
  }

  private TextIndex open() {
    TextIndex opened = TextIndex.open(MappedSource.open(path.get()));
    if (opened.rows() != descriptor.rows()) {
      opened.close();
      throw new CorruptDataException(
          "segment %s: expected %d rows, found text of %d rows"
              .formatted(descriptor.id(), descriptor.rows(), opened.rows()));
    }
    return opened;
  }
}
