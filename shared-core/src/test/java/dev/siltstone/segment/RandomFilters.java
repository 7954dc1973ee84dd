package dev.siltstone.segment;

import dev.siltstone.record.MetadataValue.Scalar;
import dev.siltstone.where.Comparison;
import dev.siltstone.where.DocumentPattern;
import dev.siltstone.where.Where;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** Seeded filters over what {@link RandomRecords} makes, so that they find something. */
public final class RandomFilters {
  private static final List<String> PATTERNS =
      List.of("si.t", "^a", "(?i)RIVER", "stone $", ".*", "[ab]{2}", "粉|🪨", "delta\\s+b", "x{3}");

  private final RandomRecords vocabulary;

  public RandomFilters(long seed) {
    this.vocabulary = new RandomRecords(seed, 1);
  }

  public Where next() {
    return where(3);
  }

  private Where where(int depth) {
    int choice = vocabulary.below(depth > 0 ? 14 : 10);
    return switch (choice) {
      case 0 -> new Where.Compare(key(), Comparison.EQUAL, scalar());
      case 1 -> new Where.Compare(key(), Comparison.NOT_EQUAL, scalar());
      case 2, 3 -> new Where.Compare(key(), vocabulary.pick(orders()), number());
      case 4 -> new Where.In(key(), new HashSet<>(operands()));
      case 5 -> new Where.NotIn(key(), new HashSet<>(operands()));
      case 6 -> new Where.ListContains(key(), scalar());
      case 7 -> new Where.ListNotContains(key(), scalar());
      case 8 -> text();
      case 9 -> pattern();
      case 10, 11 -> new Where.And(children(depth));
      default -> new Where.Or(children(depth));
    };
  }

  private Where text() {
    String text = vocabulary.word() + (vocabulary.below(2) == 0 ? " " + vocabulary.word() : "");
    return vocabulary.below(2) == 0 ? new Where.Contains(text) : new Where.NotContains(text);
  }

  private Where pattern() {
    DocumentPattern pattern = DocumentPattern.compile(vocabulary.pick(PATTERNS));
    return vocabulary.below(2) == 0 ? new Where.Regex(pattern) : new Where.NotRegex(pattern);
  }

  private List<Where> children(int depth) {
    return Stream.generate(() -> where(depth - 1)).limit(vocabulary.below(4)).toList();
  }

  private List<Scalar> operands() {
    return switch (vocabulary.below(3)) {
      case 0 -> List.copyOf(vocabulary.some(vocabulary::string));
      case 1 -> List.copyOf(vocabulary.some(this::number));
      default -> List.of(vocabulary.bool());
    };
  }

  private String key() {
    return vocabulary.below(20) == 0 ? "nokey" : vocabulary.key();
  }

  private Scalar scalar() {
    return switch (vocabulary.below(4)) {
      case 0, 1 -> vocabulary.string();
      case 2 -> number();
      default -> vocabulary.bool();
    };
  }

  private Scalar number() {
    return vocabulary.below(2) == 0 ? vocabulary.integer() : vocabulary.floating();
  }

  private static List<Comparison> orders() {
    return Stream.of(Comparison.values()).filter(Comparison::isOrder).toList();
  }
}
