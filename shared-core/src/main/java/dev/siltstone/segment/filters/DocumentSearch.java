package dev.siltstone.segment.filters;

import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.Regex;
import org.roaringbitmap.RoaringBitmap;

/** Looks into documents, for the conditions that metadata cannot answer. */
public interface DocumentSearch {
  /**
   * The candidates whose document contains the text.
   *
   * @param candidates rows that have a document; not changed
   */
  RoaringBitmap containing(Contains condition, RoaringBitmap candidates);

  /**
   * The candidates in whose document the pattern is found.
   *
   * @param candidates rows that have a document; not changed
   */
  RoaringBitmap matching(Regex condition, RoaringBitmap candidates);
}
