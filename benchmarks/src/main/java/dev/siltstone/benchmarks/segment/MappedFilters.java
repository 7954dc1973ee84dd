package dev.siltstone.benchmarks.segment;

import dev.siltstone.record.Metadata;
import dev.siltstone.segment.file.MappedSource;
import dev.siltstone.segment.filters.DocumentSearch;
import dev.siltstone.segment.filters.MetadataIndex;
import dev.siltstone.segment.filters.MetadataIndexWriter;
import dev.siltstone.segment.filters.WhereEvaluator;
import dev.siltstone.where.Where;
import java.nio.file.Path;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** The segment's own {@code filters.idx}, mapped. */
record MappedFilters(MetadataIndex index, WhereEvaluator evaluator, RoaringBitmap all)
    implements FilterContestant {
  static void write(Path path, List<Metadata> rows) {
    MetadataIndexWriter writer = new MetadataIndexWriter(path);
    rows.forEach(metadata -> writer.add(metadata, false));
    writer.finish();
  }

  static MappedFilters open(Path path) {
    MetadataIndex index = MetadataIndex.open(MappedSource.open(path));
    RoaringBitmap all = new RoaringBitmap();
    all.add(0L, index.rows());
    return new MappedFilters(index, new WhereEvaluator(index, DocumentSearch.NOTHING_KNOWN), all);
  }

  @Override
  public RoaringBitmap matching(Where where) {
    return evaluator.evaluate(where, all).possible();
  }

  @Override
  public void close() {
    index.close();
  }
}
