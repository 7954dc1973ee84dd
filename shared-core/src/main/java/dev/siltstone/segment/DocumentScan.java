package dev.siltstone.segment;

import dev.siltstone.segment.filters.DocumentSearch;
import dev.siltstone.segment.rows.RowBlocks;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.Regex;
import dev.siltstone.where.Where.WhereDocument;
import org.roaringbitmap.RoaringBitmap;

/** Reads the document of every candidate and checks it. */
final class DocumentScan implements DocumentSearch {
  private final RowBlocks rowBlocks;

  DocumentScan(RowBlocks rowBlocks) {
    this.rowBlocks = rowBlocks;
  }

  @Override
  public RoaringBitmap containing(Contains condition, RoaringBitmap candidates) {
    return condition.text().isEmpty() ? candidates.clone() : scan(condition, candidates);
  }

  @Override
  public RoaringBitmap matching(Regex condition, RoaringBitmap candidates) {
    return scan(condition, candidates);
  }

  private RoaringBitmap scan(WhereDocument condition, RoaringBitmap candidates) {
    RoaringBitmap found = new RoaringBitmap();
    RowCursor cursor = rowBlocks.cursor();
    candidates.forEach((int row) -> {
      if (condition.matches(cursor.document(row))) {
        found.add(row);
      }
    });
    return found;
  }
}
