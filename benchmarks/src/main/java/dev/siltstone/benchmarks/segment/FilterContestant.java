package dev.siltstone.benchmarks.segment;

import dev.siltstone.where.Where;
import org.roaringbitmap.RoaringBitmap;

/**
 * A metadata index in one file: what it answers is the bitmap of rows that a search goes on with.
 */
interface FilterContestant extends AutoCloseable {
  /** The rows that match; the caller's own. */
  RoaringBitmap matching(Where where);

  @Override
  void close();
}
