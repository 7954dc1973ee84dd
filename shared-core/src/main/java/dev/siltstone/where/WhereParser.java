package dev.siltstone.where;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.where.TreeShape.OnlyEntry;
import dev.siltstone.where.Where.Compare;
import dev.siltstone.where.Where.In;
import dev.siltstone.where.Where.ListContains;
import dev.siltstone.where.Where.ListNotContains;
import dev.siltstone.where.Where.NotIn;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads filters from plain object trees as a JSON parser makes them: {@link Map} with string keys,
 * {@link List}, {@link String}, {@link Integer} or {@link Long}, {@link Double} or {@link Float},
 * {@link Boolean} and null; anything else is refused. Rules and messages are Chroma's: an object
 * has exactly one key; {@code {"k": v}} means {@code $eq}; order comparisons take numbers; {@code
 * $in} and {@code $nin} take a non-empty list of one kind, int and float being one kind.
 *
 * <p>A tree may be {@value #MAX_DEPTH} levels deep, and all filters of a request together as broad
 * as {@link FilterBreadth} says, so that no request can exhaust a stack or a processor.
 */
public final class WhereParser {
  /** Deepest nesting of {@code $and} and {@code $or}. */
  public static final int MAX_DEPTH = 64;

  private static final String DOCUMENT_KEY = "#document";

  private final TreeShape shape;
  private final DocumentClauses documents;

  private WhereParser(FilterBreadth breadth) {
    this.shape = new TreeShape("Invalid where clause", breadth);
    this.documents = new DocumentClauses(shape);
  }

  /**
   * Reads a {@code where}.
   *
   * @throws InvalidRequestException if it breaks a rule
   */
  public static Where parse(@Nullable Object tree) {
    return parseWithin(new FilterBreadth(), tree);
  }

  /**
   * Reads a {@code where} that is not the only filter of its request.
   *
   * @throws InvalidRequestException if it breaks a rule
   */
  public static Where parseWithin(FilterBreadth breadth, @Nullable Object tree) {
    return new WhereParser(breadth).where(tree, 1);
  }

  /**
   * Reads a {@code where_document}.
   *
   * @throws InvalidRequestException if it breaks a rule
   */
  public static Where parseDocument(@Nullable Object tree) {
    return parseDocument(tree, new FilterBreadth());
  }

  private static Where parseDocument(@Nullable Object tree, FilterBreadth breadth) {
    TreeShape shape = new TreeShape("Invalid where document clause", breadth);
    return new DocumentClauses(shape).where(tree, 1);
  }

  /**
   * Reads both filters of a request, of which either may be null for "not given", and joins them.
   *
   * @throws InvalidRequestException if one breaks a rule
   */
  public static Where parse(@Nullable Object where, @Nullable Object whereDocument) {
    FilterBreadth breadth = new FilterBreadth();
    return Where.both(
        where == null ? null : parseWithin(breadth, where),
        whereDocument == null ? null : parseDocument(whereDocument, breadth));
  }

  private Where where(@Nullable Object tree, int depth) {
    OnlyEntry entry = shape.onlyEntry(tree, depth);
    shape.countCondition();
    String key = entry.key();
    Object value = entry.value();
    return switch (key) {
      case "$and" -> new Where.And(children(value, depth));
      case "$or" -> new Where.Or(children(value, depth));
      case DOCUMENT_KEY -> documents.condition(shape.onlyEntry(value, depth));
      default -> condition(metadataKey(key), value, depth);
    };
  }

  private List<Where> children(@Nullable Object value, int depth) {
    return shape.list(value).stream().map(child -> where(child, depth + 1)).toList();
  }

  /** No record can have a key that is empty or starts so; a typing error of an operator can. */
  private String metadataKey(String key) {
    if (key.isEmpty() || key.charAt(0) == '$' || key.charAt(0) == '#') {
      throw shape.invalid();
    }
    return key;
  }

  private Where condition(String key, @Nullable Object value, int depth) {
    if (!(value instanceof Map)) {
      return new Compare(key, Comparison.EQUAL, scalar(value));
    }
    OnlyEntry entry = shape.onlyEntry(value, depth);
    Object operand = entry.value();
    return switch (entry.key()) {
      case "$eq" -> new Compare(key, Comparison.EQUAL, scalar(operand));
      case "$ne" -> new Compare(key, Comparison.NOT_EQUAL, scalar(operand));
      case "$gt" -> new Compare(key, Comparison.GREATER, number(operand));
      case "$gte" -> new Compare(key, Comparison.GREATER_OR_EQUAL, number(operand));
      case "$lt" -> new Compare(key, Comparison.LESS, number(operand));
      case "$lte" -> new Compare(key, Comparison.LESS_OR_EQUAL, number(operand));
      case "$in" -> new In(key, operands(operand));
      case "$nin" -> new NotIn(key, operands(operand));
      case "$contains" -> new ListContains(key, scalar(operand));
      case "$not_contains" -> new ListNotContains(key, scalar(operand));
      default -> throw shape.invalid();
    };
  }

  private Scalar scalar(@Nullable Object value) {
    return switch (value) {
      case String text -> new StringValue(text);
      case Boolean flag -> new BoolValue(flag);
      case null, default -> number(value);
    };
  }

  private Scalar number(@Nullable Object value) {
    return switch (value) {
      case Integer integer -> new IntValue(integer);
      case Long integer -> new IntValue(integer);
      case Float number when Float.isFinite(number) -> new FloatValue(number);
      case Double number when Double.isFinite(number) -> new FloatValue(number);
      case null, default -> throw shape.invalid();
    };
  }

  private Set<Scalar> operands(@Nullable Object value) {
    Set<Scalar> operands = new LinkedHashSet<>();
    Scalar first = null;
    for (Object element : shape.operands(value)) {
      Scalar operand = scalar(element);
      first = first == null ? operand : first;
      if (!sameKind(first, operand)) {
        throw shape.invalid();
      }
      operands.add(operand);
    }
    if (operands.isEmpty()) {
      throw shape.invalid();
    }
    return operands;
  }

  private static boolean sameKind(Scalar left, Scalar right) {
    return left.getClass() == right.getClass()
        || (ScalarOrder.isNumber(left) && ScalarOrder.isNumber(right));
  }
}
