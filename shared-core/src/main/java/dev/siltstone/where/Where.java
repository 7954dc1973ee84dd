package dev.siltstone.where;

import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.Many;
import dev.siltstone.record.MetadataValue.Scalar;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a record's metadata and document. {@link #matches} defines its meaning; an index
 * that answers it must find exactly the records for which that says true.
 */
public sealed interface Where {
  /**
   * Whether a record with this metadata and document satisfies the condition.
   *
   * @param document the record's text, or null if it has none
   */
  boolean matches(Metadata metadata, @Nullable String document);

  /** Whether {@link #matches} ever looks at the document. */
  default boolean readsDocument() {
    return switch (this) {
      case And(List<Where> children) -> children.stream().anyMatch(Where::readsDocument);
      case Or(List<Where> children) -> children.stream().anyMatch(Where::readsDocument);
      case Compare _, In _, NotIn _, ListContains _, ListNotContains _ -> false;
      case WhereDocument _ -> true;
    };
  }

  /** Whether {@link #matches} ever looks at the metadata. */
  default boolean readsMetadata() {
    return switch (this) {
      case And(List<Where> children) -> children.stream().anyMatch(Where::readsMetadata);
      case Or(List<Where> children) -> children.stream().anyMatch(Where::readsMetadata);
      case Compare _, In _, NotIn _, ListContains _, ListNotContains _ -> true;
      case WhereDocument _ -> false;
    };
  }

  /**
   * What remains to be checked of a record that satisfies every condition that does not read the
   * document and that none but conjunctions surround.
   */
  default Where documentPart() {
    return this instanceof And(List<Where> children)
        ? new And(children.stream().filter(Where::readsDocument).map(Where::documentPart).toList())
        : this;
  }

  /** Most steps that the regular expressions take for a unit of a document. */
  default long stepsPerUnit() {
    return switch (this) {
      case And(List<Where> children) -> children.stream().mapToLong(Where::stepsPerUnit).sum();
      case Or(List<Where> children) -> children.stream().mapToLong(Where::stepsPerUnit).sum();
      case Regex(DocumentPattern pattern) -> pattern.programSize();
      case NotRegex(DocumentPattern pattern) -> pattern.programSize();
      case Compare _, In _, NotIn _, ListContains _, ListNotContains _ -> 0;
      case Contains _, NotContains _ -> 0;
    };
  }

  /** How many texts are looked for in a document. */
  default long texts() {
    return switch (this) {
      case And(List<Where> children) -> children.stream().mapToLong(Where::texts).sum();
      case Or(List<Where> children) -> children.stream().mapToLong(Where::texts).sum();
      case Contains _, NotContains _ -> 1;
      case Compare _, In _, NotIn _, ListContains _, ListNotContains _ -> 0;
      case Regex _, NotRegex _ -> 0;
    };
  }

  /** Both conditions, of which either may be absent; {@link And#EVERY_RECORD} when both are. */
  static Where both(@Nullable Where left, @Nullable Where right) {
    List<Where> given =
        Stream.of(
                left == null ? Stream.<Where>of() : Stream.of(left),
                right == null ? Stream.<Where>of() : Stream.of(right))
            .flatMap(one -> one)
            .toList();
    return given.size() == 1 ? given.getFirst() : new And(given);
  }

  /** All of them. None given: every record. */
  record And(List<Where> children) implements Where {
    /** The filter that lets every record through. */
    public static final And EVERY_RECORD = new And(List.of());

    public And {
      children = List.copyOf(children);
    }

    @Override
    public boolean matches(Metadata metadata, @Nullable String document) {
      return children.stream().allMatch(child -> child.matches(metadata, document));
    }
  }

  /** Any of them. None given: every record, as with {@link And}, because Chroma says so. */
  record Or(List<Where> children) implements Where {
    public Or {
      children = List.copyOf(children);
    }

    @Override
    public boolean matches(Metadata metadata, @Nullable String document) {
      return children.isEmpty()
          || children.stream().anyMatch(child -> child.matches(metadata, document));
    }
  }

  /**
   * The scalar under {@code key} stands so to the operand. A record without a scalar there matches
   * only {@link Comparison#NOT_EQUAL}.
   */
  record Compare(String key, Comparison comparison, Scalar operand) implements Where {
    public Compare {
      if (comparison.isOrder() && !ScalarOrder.isNumber(operand)) {
        throw new IllegalArgumentException(comparison.wireName() + " needs a number");
      }
    }

    @Override
    public boolean matches(Metadata metadata, @Nullable String document) {
      return metadata.get(key) instanceof Scalar value
          ? comparison.holds(value, operand)
          : comparison == Comparison.NOT_EQUAL;
    }
  }

  /** The scalar under {@code key} equals one of the operands, which are kept in canonical form. */
  record In(String key, Set<Scalar> operands) implements Where {
    public In {
      operands = canonical(operands);
    }

    @Override
    public boolean matches(Metadata metadata, @Nullable String document) {
      return metadata.get(key) instanceof Scalar value
          && operands.contains(ScalarOrder.canonical(value));
    }
  }

  /** Not {@link In}; so a record without a scalar under {@code key} matches. */
  record NotIn(String key, Set<Scalar> operands) implements Where {
    public NotIn {
      operands = canonical(operands);
    }

    /** What this denies. */
    public In negated() {
      return new In(key, operands);
    }

    @Override
    public boolean matches(Metadata metadata, @Nullable String document) {
      return !negated().matches(metadata, document);
    }
  }

  /** The list under {@code key} has an element equal to the operand. A scalar is no list. */
  record ListContains(String key, Scalar operand) implements Where {
    @Override
    public boolean matches(Metadata metadata, @Nullable String document) {
      MetadataValue value = metadata.get(key);
      return value instanceof Many list
          && list.elements().stream().anyMatch(element -> Comparison.EQUAL.holds(element, operand));
    }
  }

  /** Not {@link ListContains}; so a record without a list under {@code key} matches. */
  record ListNotContains(String key, Scalar operand) implements Where {
    /** What this denies. */
    public ListContains negated() {
      return new ListContains(key, operand);
    }

    @Override
    public boolean matches(Metadata metadata, @Nullable String document) {
      return !negated().matches(metadata, document);
    }
  }

  /** A condition on the document alone. */
  sealed interface WhereDocument extends Where {
    /** Whether a record with this document, or null for none, satisfies the condition. */
    boolean matches(@Nullable String document);

    @Override
    default boolean matches(Metadata metadata, @Nullable String document) {
      return matches(document);
    }
  }

  /** There is a document and the text occurs in it, case-sensitively. */
  record Contains(String text) implements WhereDocument {
    @Override
    public boolean matches(@Nullable String document) {
      return document != null && Substring.occurs(text, document);
    }
  }

  /** Not {@link Contains}; so a record without a document matches. */
  record NotContains(String text) implements WhereDocument {
    /** What this denies. */
    public Contains negated() {
      return new Contains(text);
    }

    @Override
    public boolean matches(@Nullable String document) {
      return !negated().matches(document);
    }
  }

  /** There is a document and the pattern is found somewhere in it. */
  record Regex(DocumentPattern pattern) implements WhereDocument {
    @Override
    public boolean matches(@Nullable String document) {
      return document != null && pattern.foundIn(document);
    }
  }

  /** Not {@link Regex}; so a record without a document matches. */
  record NotRegex(DocumentPattern pattern) implements WhereDocument {
    /** What this denies. */
    public Regex negated() {
      return new Regex(pattern);
    }

    @Override
    public boolean matches(@Nullable String document) {
      return !negated().matches(document);
    }
  }

  private static Set<Scalar> canonical(Set<Scalar> operands) {
    return operands.stream()
        .map(ScalarOrder::canonical)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
