package dev.siltstone.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.query.search.RankExpression.Knn;
import dev.siltstone.query.search.Scores.Near;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Two searches: of [1] near to a and b, of [2] near to b and c. */
class ScoresTest {
  private static final String FIRST = "{\"$knn\":{\"query\":[1],\"limit\":2}}";
  private static final String SECOND = "{\"$knn\":{\"query\":[2],\"limit\":2}}";

  @Test
  void scoresByDistanceOrByRank() {
    assertThat(scores(FIRST)).isEqualTo(Map.of("a", 0.5f, "b", 2f));
    assertThat(scores(ranks(FIRST))).isEqualTo(Map.of("a", 0f, "b", 1f));
  }

  @Test
  void keepsOnlyWhatEverySearchKnowsUnlessItHasADefault() {
    assertThat(scores("{\"$sum\":[" + FIRST + "," + SECOND + "]}")).isEqualTo(Map.of("b", 5f));
    assertThat(scores("{\"$sum\":[" + orElse(FIRST, 10) + "," + SECOND + "]}"))
        .isEqualTo(Map.of("b", 5f, "c", 14f));
    assertThat(scores("{\"$sum\":[" + orElse(FIRST, 10) + "," + orElse(SECOND, 20) + "]}"))
        .isEqualTo(Map.of("a", 20.5f, "b", 5f, "c", 14f));
  }

  @Test
  void calculates() {
    assertThat(scores("{\"$mul\":[" + FIRST + ",{\"$val\":-3},{\"$val\":2}]}"))
        .isEqualTo(Map.of("a", -3f, "b", -12f));
    assertThat(scores("{\"$sub\":{\"left\":{\"$val\":1},\"right\":" + FIRST + "}}"))
        .isEqualTo(Map.of("a", 0.5f, "b", -1f));
    assertThat(scores("{\"$div\":{\"left\":{\"$val\":1},\"right\":" + FIRST + "}}"))
        .isEqualTo(Map.of("a", 2f, "b", 0.5f));
    assertThat(scores("{\"$max\":[" + FIRST + ",{\"$val\":1}]}"))
        .isEqualTo(Map.of("a", 1f, "b", 2f));
    assertThat(scores("{\"$min\":[" + FIRST + ",{\"$val\":1}]}"))
        .isEqualTo(Map.of("a", 0.5f, "b", 1f));
    assertThat(scores("{\"$abs\":{\"$mul\":[" + FIRST + ",{\"$val\":-1}]}}"))
        .isEqualTo(Map.of("a", 0.5f, "b", 2f));
    assertThat(scores("{\"$exp\":" + FIRST + "}"))
        .isEqualTo(Map.of("a", (float) Math.exp(0.5), "b", (float) Math.exp(2)));
    assertThat(scores("{\"$log\":" + FIRST + "}"))
        .isEqualTo(Map.of("a", (float) Math.log(0.5), "b", (float) Math.log(2)));
  }

  @Test
  void saysBeforehandHowManyScoresAreComputed() {
    assertThat(computations(FIRST)).isZero();
    assertThat(computations("{\"$abs\":{\"$exp\":" + FIRST + "}}")).isEqualTo(4);
    String sum = "{\"$sum\":[" + FIRST + "," + SECOND + ",{\"$val\":1}]}";
    assertThat(computations(sum)).isEqualTo(2 + 4 + 3);
  }

  @Test
  void fusesReciprocalRanks() {
    String fused =
        "{\"$mul\":[{\"$sum\":["
            + reciprocal(ranks(orElse(FIRST, 1000)))
            + ","
            + reciprocal(ranks(orElse(SECOND, 1000)))
            + "]},{\"$val\":-1}]}";
    Map<String, Float> scores = scores(fused);
    assertThat(score(scores, "b")).isLessThan(score(scores, "a")).isEqualTo(-(1 / 61f + 1 / 60f));
    assertThat(score(scores, "a")).isEqualTo(-(1 / 60f + 1 / 1060f));
  }

  @Test
  void dividesByZeroWithoutFailing() {
    assertThat(scores("{\"$div\":{\"left\":" + FIRST + ",\"right\":{\"$val\":0}}}"))
        .isEqualTo(Map.of("a", Float.POSITIVE_INFINITY, "b", Float.POSITIVE_INFINITY));
  }

  private static float score(Map<String, Float> scores, String record) {
    return Objects.requireNonNull(scores.get(record));
  }

  private static String reciprocal(String rank) {
    return "{\"$div\":{\"left\":{\"$val\":1},\"right\":{\"$sum\":[{\"$val\":60}," + rank + "]}}}";
  }

  private static String ranks(String knn) {
    return knn.replace("}}", ",\"return_rank\":true}}");
  }

  private static String orElse(String knn, int score) {
    return knn.replace("}}", ",\"default\":" + score + "}}");
  }

  private static Map<String, Float> scores(String rank) {
    return Scores.of(expression(rank), ScoresTest::nearest).byRecord();
  }

  private static List<Near<String>> nearest(Knn knn) {
    return knn.query().get(0) == 1
        ? List.of(new Near<>("a", 0.5f), new Near<>("b", 2))
        : List.of(new Near<>("b", 3), new Near<>("c", 4));
  }

  /** In a collection of three records. */
  private static long computations(String rank) {
    return Scores.computations(expression(rank), 3);
  }

  private static RankExpression expression(String rank) {
    String body = "{\"searches\":[{\"rank\":" + rank + "}]}";
    SearchPayload search = SearchReader.read(body.getBytes(StandardCharsets.UTF_8)).getFirst();
    return Objects.requireNonNull(search.rank());
  }
}
