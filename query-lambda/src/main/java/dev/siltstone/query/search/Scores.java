package dev.siltstone.query.search;

import dev.siltstone.query.search.RankExpression.Apply;
import dev.siltstone.query.search.RankExpression.Combine;
import dev.siltstone.query.search.RankExpression.Knn;
import dev.siltstone.query.search.RankExpression.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Scores of some records, and perhaps one score of all others. A record that one side of an
 * operation does not know, while that side has no score for others, drops out.
 *
 * @param <R> what stands for a record: equal when it is the same one
 */
public final class Scores<R> {
  /**
   * A record and its place among the nearest.
   *
   * @param distance from the query
   */
  public record Near<R>(R record, float distance) {}

  private final Map<R, Float> known;
  private final @Nullable Float others;

  private Scores(Map<R, Float> known, @Nullable Float others) {
    this.known = known;
    this.others = others;
  }

  /**
   * Scores by an expression.
   *
   * @param nearest the nearest records of each search in the expression, nearest first
   */
  public static <R> Scores<R> of(RankExpression expression, Function<Knn, List<Near<R>>> nearest) {
    return switch (expression) {
      case Value(float value) -> new Scores<>(Map.of(), value);
      case Knn knn -> of(knn, nearest.apply(knn));
      case Apply(Apply.Function function, RankExpression operand) ->
          of(operand, nearest).map(function);
      case Combine(Combine.Operator operator, List<RankExpression> operands) -> {
        Scores<R> left = of(operands.getFirst(), nearest);
        for (RankExpression operand : operands.subList(1, operands.size())) {
          left = left.combine(operator, of(operand, nearest));
        }
        yield left;
      }
    };
  }

  /**
   * The most scores that {@link #of} computes for an expression.
   *
   * @param records no search finds more
   */
  public static long computations(RankExpression expression, long records) {
    Computations computations = new Computations(records);
    computations.known(expression);
    return computations.count;
  }

  /** Counts without computing. */
  private static final class Computations {
    private final long records;
    private long count;

    private Computations(long records) {
      this.records = records;
    }

    /** Most records that an expression knows a score of. */
    private long known(RankExpression expression) {
      return switch (expression) {
        case Value _ -> 0;
        case Knn knn -> Math.min(knn.limit(), records);
        case Apply apply -> counted(known(apply.operand()));
        case Combine combine -> {
          long known = 0;
          for (RankExpression operand : combine.operands()) {
            known = counted(known + known(operand));
          }
          yield known;
        }
      };
    }

    private long counted(long scores) {
      count += scores;
      return Math.min(scores, records);
    }
  }

  private static <R> Scores<R> of(Knn knn, List<Near<R>> nearest) {
    Map<R, Float> known = new HashMap<>();
    for (int rank = 0; rank < nearest.size(); rank++) {
      Near<R> near = nearest.get(rank);
      known.put(
          near.record(),
          switch (knn.measure()) {
            case DISTANCE -> near.distance();
            case RANK -> (float) rank;
          });
    }
    return new Scores<>(known, knn.otherwise());
  }

  /** The records that have a score of their own. */
  public Map<R, Float> byRecord() {
    return Map.copyOf(known);
  }

  private Scores<R> map(Apply.Function function) {
    Map<R, Float> mapped = new HashMap<>();
    known.forEach((record, score) -> mapped.put(record, function.of(score)));
    return new Scores<>(mapped, others == null ? null : function.of(others));
  }

  private Scores<R> combine(Combine.Operator operator, Scores<R> right) {
    Map<R, Float> combined = new HashMap<>();
    known.forEach((record, score) -> put(combined, operator, record, score, right.score(record)));
    right.known.forEach((record, score) -> put(combined, operator, record, score(record), score));
    return new Scores<>(
        combined,
        others == null || right.others == null ? null : operator.of(others, right.others));
  }

  private static <R> void put(
      Map<R, Float> combined,
      Combine.Operator operator,
      R record,
      @Nullable Float left,
      @Nullable Float right) {
    if (left != null && right != null) {
      combined.put(record, operator.of(left, right));
    }
  }

  private @Nullable Float score(R record) {
    Float score = known.get(record);
    return score == null ? others : score;
  }
}
