package dev.siltstone.query.search;

import dev.siltstone.record.Embedding;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How records are scored; the lowest score is the best. Arithmetic is that of float32. */
public sealed interface RankExpression {
  /** How many nearest records a {@link Knn} considers if the request does not say. */
  int DEFAULT_LIMIT = 16;

  /** The expressions of which this one is made, in the order of the request. */
  List<RankExpression> operands();

  /** Every {@link Knn} in it. */
  default Stream<Knn> searches() {
    return this instanceof Knn knn
        ? Stream.of(knn)
        : operands().stream().flatMap(RankExpression::searches);
  }

  /** The same score for every record. */
  record Value(float value) implements RankExpression {
    @Override
    public List<RankExpression> operands() {
      return List.of();
    }
  }

  /**
   * The distance from a query, for the nearest records.
   *
   * @param limit so many nearest records are scored, at least 1
   * @param otherwise the score of all others; null: the others are no result
   */
  record Knn(Embedding query, int limit, @Nullable Float otherwise, Measure measure)
      implements RankExpression {
    /** What the score is. */
    public enum Measure {
      DISTANCE,
      /** The place among the nearest, from 0. */
      RANK
    }

    public Knn {
      if (limit < 1) {
        throw new IllegalArgumentException("limit " + limit);
      }
    }

    @Override
    public List<RankExpression> operands() {
      return List.of();
    }
  }

  /** One function of one score. */
  record Apply(Function function, RankExpression operand) implements RankExpression {
    /** {@code $abs}, {@code $exp}, {@code $log} (natural). */
    public enum Function {
      ABSOLUTE,
      EXPONENTIAL,
      LOGARITHM;

      float of(float score) {
        return switch (this) {
          case ABSOLUTE -> Math.abs(score);
          case EXPONENTIAL -> (float) Math.exp(score);
          case LOGARITHM -> (float) Math.log(score);
        };
      }
    }

    @Override
    public List<RankExpression> operands() {
      return List.of(operand);
    }
  }

  /** Scores combined from left to right; at least one. */
  record Combine(Operator operator, List<RankExpression> operands) implements RankExpression {
    /**
     * {@code $sum}, {@code $mul}, {@code $max}, {@code $min} of any number, {@code $sub} and {@code
     * $div} of two.
     */
    public enum Operator {
      SUM,
      PRODUCT,
      MAXIMUM,
      MINIMUM,
      DIFFERENCE,
      QUOTIENT;

      float of(float left, float right) {
        return switch (this) {
          case SUM -> left + right;
          case PRODUCT -> left * right;
          case MAXIMUM -> Math.max(left, right);
          case MINIMUM -> Math.min(left, right);
          case DIFFERENCE -> left - right;
          case QUOTIENT -> left / right;
        };
      }
    }

    public Combine {
      operands = List.copyOf(operands);
      if (operands.isEmpty()) {
        throw new IllegalArgumentException("nothing to combine");
      }
    }
  }
}
