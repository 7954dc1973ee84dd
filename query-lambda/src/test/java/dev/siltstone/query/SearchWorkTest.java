package dev.siltstone.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.ApiException;
import dev.siltstone.query.search.RankExpression;
import dev.siltstone.query.search.RankExpression.Apply;
import dev.siltstone.query.search.RankExpression.Knn;
import dev.siltstone.record.Embedding;
import org.junit.jupiter.api.Test;

class SearchWorkTest {
  private static final long RECORDS = 600_000;

  private final SearchWork work = new SearchWork();

  @Test
  void boundsWhatAllSearchesOfARequestFindTogether() {
    work.rank(knn(Integer.MAX_VALUE), RECORDS);
    work.rank(knn(300_000), RECORDS);
    work.find(100_000);
    assertThatThrownBy(() -> work.find(1))
        .isInstanceOfSatisfying(
            ApiException.class, refusal -> assertThat(refusal.status()).isEqualTo(413))
        .hasMessageContaining("find more than 1000000 records: send fewer searches");
  }

  @Test
  void boundsWhatTheirArithmeticComputesTogether() {
    work.rank(applied(9, 500_000), RECORDS);
    work.rank(applied(10, 500_000), RECORDS);
    assertThatThrownBy(() -> work.rank(applied(10, 100_000), RECORDS))
        .isInstanceOf(ApiException.class);
    SearchWork another = new SearchWork();
    assertThatThrownBy(() -> another.rank(applied(21, 500_000), RECORDS))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("compute more than 10000000 scores");
  }

  private static RankExpression applied(int times, int limit) {
    RankExpression rank = knn(limit);
    for (int i = 0; i < times; i++) {
      rank = new Apply(Apply.Function.ABSOLUTE, rank);
    }
    return rank;
  }

  private static RankExpression knn(int limit) {
    return new Knn(Embedding.of(new float[] {1}), limit, null, Knn.Measure.DISTANCE);
  }
}
