package dev.siltstone.segment.fulltext;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** Finds the rows whose documents have all the grams of a text. */
final class GramSearch {
  /** Grams that are looked up of a long text, evenly spread. */
  private static final int MOST_GRAMS = 128;

  /**
   * A list this many times longer than what is left is not read: looking at one document takes as
   * long as decoding about so many rows.
   */
  private static final int WORTH_READING = 1_000;

  private final Postings grams;

  GramSearch(Postings grams) {
    this.grams = grams;
  }

  /**
   * Rows that may contain the text; exact up to three units. A bitmap of the caller's own.
   *
   * @param text not empty
   */
  RoaringBitmap mayContain(String text) {
    return text.length() < Gram.UNITS ? beginningWith(text) : withAll(gramsOf(text));
  }

  /** The candidates that may satisfy the requirement, as a bitmap of the caller's own. */
  RoaringBitmap satisfying(RequiredText required, RoaringBitmap candidates) {
    return switch (required) {
      case RequiredText.Nothing _ -> candidates.clone();
      case RequiredText.Literal(String text) -> {
        RoaringBitmap found = mayContain(text);
        found.and(candidates);
        yield found;
      }
      case RequiredText.All(List<RequiredText> parts) -> all(parts, candidates);
      case RequiredText.Any(List<RequiredText> parts) -> {
        RoaringBitmap found = new RoaringBitmap();
        parts.forEach(part -> found.or(satisfying(part, candidates)));
        yield found;
      }
    };
  }

  /** The grams of all literals together, so that the rarest decide; then the other parts. */
  private RoaringBitmap all(List<RequiredText> parts, RoaringBitmap candidates) {
    Set<Long> together = new LinkedHashSet<>();
    List<RequiredText> others = new ArrayList<>();
    for (RequiredText part : parts) {
      if (part instanceof RequiredText.Literal(String text) && text.length() >= Gram.UNITS) {
        together.addAll(gramsOf(text));
      } else {
        others.add(part);
      }
    }
    RoaringBitmap left = candidates;
    if (!together.isEmpty()) {
      left = withAll(together);
      left.and(candidates);
    }
    for (RequiredText part : others) {
      left = satisfying(part, left);
    }
    return left;
  }

  private RoaringBitmap beginningWith(String text) {
    BitSet found = new BitSet();
    grams.forEach(
        Gram.first(text),
        Gram.last(text),
        entry -> {
          for (int row : grams.rows(entry)) {
            found.set(row);
          }
        });
    return BitSetUtil.bitmapOf(found);
  }

  private RoaringBitmap withAll(Set<Long> wanted) {
    List<PostingList> lists = new ArrayList<>();
    for (long gram : wanted) {
      PostingList list = grams.find(gram);
      if (list == null) {
        return new RoaringBitmap();
      }
      lists.add(list);
    }
    lists.sort(Comparator.comparingInt(PostingList::count));
    int[] rows = grams.rows(lists.getFirst());
    int left = rows.length;
    for (PostingList list : lists.subList(1, lists.size())) {
      if (list.count() > (long) left * WORTH_READING) {
        break;
      }
      left = intersect(rows, left, grams.rows(list));
    }
    return RoaringBitmap.bitmapOf(Arrays.copyOf(rows, left));
  }

  private static Set<Long> gramsOf(String text) {
    int count = text.length() - Gram.UNITS + 1;
    Set<Long> distinct = new LinkedHashSet<>();
    int looked = Math.min(count, MOST_GRAMS);
    for (int i = 0; i < looked; i++) {
      distinct.add(Gram.at(text, (int) ((long) i * count / looked)));
    }
    return distinct;
  }

  /** Keeps of the first {@code count} rows those that the other list has too; returns how many. */
  private static int intersect(int[] rows, int count, int[] others) {
    int kept = 0;
    int other = 0;
    for (int i = 0; i < count; i++) {
      while (other < others.length && others[other] < rows[i]) {
        other++;
      }
      if (other < others.length && others[other] == rows[i]) {
        rows[kept++] = rows[i];
      }
    }
    return kept;
  }
}
