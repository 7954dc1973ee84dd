package dev.siltstone.query;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The k nearest of candidate rows some of which are still open. The indexes leave open few rows
 * that do not belong, so more than k are searched for and looked at, nearest first, until k are
 * allowed: a few documents are read instead of all candidates'. Where that does not lead there
 * soon, every candidate is looked at first.
 */
final class CheckedSearch {
  /** More than k, for those that turn out not to be allowed. */
  private static final int SPARE = 6;

  /** More documents than this are looked at in the order of rows, not of distances. */
  private static final int MOST_LOOKED_AT = 256;

  private final Function<CandidateRows, NearestSearch> searchAmong;
  private CandidateRows rows;
  private NearestSearch search;

  CheckedSearch(CandidateRows rows, Function<CandidateRows, NearestSearch> searchAmong) {
    this.searchAmong = searchAmong;
    this.rows = rows;
    this.search = searchAmong.apply(rows);
  }

  /** Up to {@code k} records, nearest first. */
  List<Hit> nearest(float[] query, int k) {
    long asked = (long) k + SPARE;
    while (rows.undecided()) {
      List<Hit> allowed =
          allowed(search.nearest(query, (int) Math.min(asked, Integer.MAX_VALUE)), k);
      if (allowed.size() == k) {
        return allowed;
      }
      asked *= 4;
      if (asked > (long) k + MOST_LOOKED_AT) {
        rows = rows.settled();
        search = searchAmong.apply(rows);
      }
    }
    return search.nearest(query, k);
  }

  private List<Hit> allowed(List<Hit> nearestFirst, int k) {
    List<Hit> allowed = new ArrayList<>();
    for (Hit hit : nearestFirst) {
      if (allowed.size() < k && rows.allows(hit.place())) {
        allowed.add(hit);
      }
    }
    return allowed;
  }
}
