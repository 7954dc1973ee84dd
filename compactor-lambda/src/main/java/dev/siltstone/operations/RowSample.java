package dev.siltstone.operations;

import dev.siltstone.cache.OpenSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.roaringbitmap.RoaringBitmap;

/**
 * Rows drawn at random of all that some segments show, or all of them.
 *
 * @param rows of each segment
 */
record RowSample(List<OpenSegment> segments, List<RoaringBitmap> rows) {
  /** Draws up to {@code most} rows. */
  static RowSample of(List<OpenSegment> segments, int most, Random random) {
    long left = segments.stream().mapToLong(OpenSegment::liveRows).sum();
    int wanted = (int) Math.min(most, left);
    List<RoaringBitmap> rows = new ArrayList<>();
    for (OpenSegment segment : segments) {
      RoaringBitmap drawn = new RoaringBitmap();
      for (int row : segment.deleted().liveOf(segment.reader().rows())) {
        if (random.nextLong(left--) < wanted) {
          drawn.add(row);
          wanted--;
        }
      }
      rows.add(drawn);
    }
    return new RowSample(segments, rows);
  }

  int size() {
    return rows.stream().mapToInt(RoaringBitmap::getCardinality).sum();
  }

  /** The row with this number, counted through all segments. */
  SampledRow row(int number) {
    int left = number;
    int segment = 0;
    while (left >= rows.get(segment).getCardinality()) {
      left -= rows.get(segment).getCardinality();
      segment++;
    }
    return new SampledRow(segment, rows.get(segment).select(left), 0);
  }

  boolean has(SampledRow place) {
    return rows.get(place.segment()).contains(place.row());
  }

  /** The vectors in the order of their numbers. */
  float[][] vectors() {
    float[][] vectors = new float[size()][];
    int number = 0;
    for (int segment = 0; segment < rows.size(); segment++) {
      for (int row : rows.get(segment)) {
        vectors[number++] = segments.get(segment).reader().embedding(row).toArray();
      }
    }
    return vectors;
  }
}
