package dev.siltstone.segment.filters;

import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.Regex;
import org.roaringbitmap.RoaringBitmap;

/** Says what can be said of conditions on documents without reading any. */
public interface DocumentSearch {
  /** Of a segment without an index of its documents: each must be looked at. */
  DocumentSearch NOTHING_KNOWN =
      new DocumentSearch() {
        @Override
        public RowBounds containing(Contains condition, RoaringBitmap candidates) {
          return condition.text().isEmpty()
              ? RowBounds.exactly(candidates.clone())
              : RowBounds.atMost(candidates.clone());
        }

        @Override
        public RowBounds matching(Regex condition, RoaringBitmap candidates) {
          return RowBounds.atMost(candidates.clone());
        }
      };

  /**
   * The candidates whose document contains the text.
   *
   * @param candidates rows that have a document; not changed
   */
  RowBounds containing(Contains condition, RoaringBitmap candidates);

  /**
   * The candidates in whose document the pattern is found.
   *
   * @param candidates rows that have a document; not changed
   */
  RowBounds matching(Regex condition, RoaringBitmap candidates);
}
