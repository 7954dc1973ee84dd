package dev.siltstone.segment;

import dev.siltstone.segment.filters.DocumentSearch;
import dev.siltstone.segment.filters.RowBounds;
import dev.siltstone.segment.fulltext.TextIndex;
import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.Regex;
import org.roaringbitmap.RoaringBitmap;

/** Conditions on documents, answered by the text index unless few candidates are left. */
record IndexedDocuments(TextIndex index) implements DocumentSearch {
  /** So many documents are looked at sooner than the index is asked. */
  private static final int FEW = 8;

  @Override
  public RowBounds containing(Contains condition, RoaringBitmap candidates) {
    return candidates.getCardinality() <= FEW
        ? NOTHING_KNOWN.containing(condition, candidates)
        : index.containing(condition.text(), candidates);
  }

  @Override
  public RowBounds matching(Regex condition, RoaringBitmap candidates) {
    return candidates.getCardinality() <= FEW
        ? NOTHING_KNOWN.matching(condition, candidates)
        : index.matching(condition.pattern(), candidates);
  }
}
