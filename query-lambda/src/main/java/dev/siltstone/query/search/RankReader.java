package dev.siltstone.query.search;

import dev.siltstone.api.ApiException;
import dev.siltstone.query.search.RankExpression.Apply;
import dev.siltstone.query.search.RankExpression.Combine;
import dev.siltstone.query.search.RankExpression.Knn;
import dev.siltstone.query.search.RankExpression.Value;
import dev.siltstone.record.Embedding;
import java.util.List;
import java.util.Map;

/**
 * Reads the {@code rank} of each search of a request: each object has exactly one key, which names
 * the operation. The operations of all searches are counted together.
 */
final class RankReader {
  /** Most operations of one request, so that none can keep a processor busy for long. */
  static final int MAX_OPERATIONS = 10_000;

  /** Most nearest-neighbour searches of one search. */
  static final int MAX_KNN = 32;

  /** Most nearest-neighbour searches of one request. */
  static final int MAX_KNN_OF_REQUEST = 320;

  private int operations;
  private int searches;
  private int searchesOfRank;

  /** The expression of a whole {@code rank}. */
  RankExpression read(SearchTree tree) {
    searchesOfRank = 0;
    RankExpression expression = expression(tree);
    if (expression.searches().findAny().isEmpty()) {
      throw tree.refusal("a rank needs at least one $knn");
    }
    return expression;
  }

  private RankExpression expression(SearchTree tree) {
    if (++operations > MAX_OPERATIONS) {
      throw tree.refusal("more than %d operations in one request".formatted(MAX_OPERATIONS));
    }
    Map<?, ?> object = tree.object();
    if (object.size() != 1) {
      throw tree.refusal("expected exactly one operation, such as $knn");
    }
    String name = (String) object.keySet().iterator().next();
    SearchTree operand = tree.field(name);
    return switch (name) {
      case "$knn" -> knn(operand);
      case "$val" -> new Value(operand.number());
      case "$abs" -> new Apply(Apply.Function.ABSOLUTE, expression(operand));
      case "$exp" -> new Apply(Apply.Function.EXPONENTIAL, expression(operand));
      case "$log" -> new Apply(Apply.Function.LOGARITHM, expression(operand));
      case "$sum" -> new Combine(Combine.Operator.SUM, all(operand));
      case "$mul" -> new Combine(Combine.Operator.PRODUCT, all(operand));
      case "$max" -> new Combine(Combine.Operator.MAXIMUM, all(operand));
      case "$min" -> new Combine(Combine.Operator.MINIMUM, all(operand));
      case "$sub" -> new Combine(Combine.Operator.DIFFERENCE, leftAndRight(operand));
      case "$div" -> new Combine(Combine.Operator.QUOTIENT, leftAndRight(operand));
      default -> throw tree.refusal("unknown operation " + shortened(name));
    };
  }

  private List<RankExpression> all(SearchTree operands) {
    return operands.nonEmptyList().stream().map(this::expression).toList();
  }

  private List<RankExpression> leftAndRight(SearchTree operands) {
    return List.of(expression(operands.field("left")), expression(operands.field("right")));
  }

  private Knn knn(SearchTree knn) {
    if (++searchesOfRank > MAX_KNN) {
      throw knn.refusal("more than %d $knn in one search".formatted(MAX_KNN));
    }
    if (++searches > MAX_KNN_OF_REQUEST) {
      throw knn.refusal(
          "more than %d $knn in one request: send fewer searches at a time"
              .formatted(MAX_KNN_OF_REQUEST));
    }
    SearchTree key = knn.field("key");
    if (!key.isMissing() && !key.text().equals(SearchKey.Part.EMBEDDING.wireName())) {
      throw ApiException.notImplemented(
          "%s: only #embedding can be searched; sparse vectors are not supported"
              .formatted(key.path()));
    }
    SearchTree limit = knn.field("limit");
    SearchTree otherwise = knn.field("default");
    SearchTree asRank = knn.field("return_rank");
    return new Knn(
        embedding(knn.field("query")),
        limit.isMissing() ? RankExpression.DEFAULT_LIMIT : limit.size(1),
        otherwise.isMissing() ? null : (Float) otherwise.number(),
        !asRank.isMissing() && asRank.flag() ? Knn.Measure.RANK : Knn.Measure.DISTANCE);
  }

  private static Embedding embedding(SearchTree query) {
    return switch (query.value()) {
      case Map<?, ?> _ ->
          throw ApiException.notImplemented(
              "%s: sparse vectors are not supported".formatted(query.path()));
      case String _ -> throw query.refusal("expected a list of numbers; embed the text first");
      case null, default -> {
        List<SearchTree> numbers = query.list();
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = numbers.get(i).number();
        }
        yield Embedding.of(values);
      }
    };
  }

  private static String shortened(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }
}
