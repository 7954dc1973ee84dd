package dev.siltstone.query;

import dev.siltstone.api.ApiException;
import dev.siltstone.query.search.RankExpression;
import dev.siltstone.query.search.Scores;

/**
 * What the searches of one request may find and compute, all of them together: everything found is
 * held until the answer is written. Belongs to one request.
 */
final class SearchWork {
  /** Most records that one request may find, over all its queries or searches. */
  static final long MAX_FOUND = 1_000_000;

  /** Most scores that the arithmetic of one request may compute: about a second. */
  static final long MAX_SCORES = 10_000_000;

  private long found;
  private long scores;

  /**
   * Counts records that are or may be found.
   *
   * @throws ApiException with status 413 if they are too many by now
   */
  void find(long more) {
    found += more;
    if (found > MAX_FOUND) {
      throw ApiException.tooLarge(
          "The searches of this request find more than %d records: send fewer searches, or give"
                  .formatted(MAX_FOUND)
              + " each a smaller limit");
    }
  }

  /**
   * Counts what a rank may find and compute.
   *
   * @param liveRecords no search finds more
   * @throws ApiException with status 413 if it is too much by now
   */
  void rank(RankExpression rank, long liveRecords) {
    rank.searches().forEach(knn -> find(Math.min(knn.limit(), liveRecords)));
    scores += Scores.computations(rank, liveRecords);
    if (scores > MAX_SCORES) {
      throw ApiException.tooLarge(
          "The ranks of this request compute more than %d scores: send fewer searches, fewer"
                  .formatted(MAX_SCORES)
              + " operations, or give each $knn a smaller limit");
    }
  }
}
