package dev.siltstone.segment.fulltext;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What every document in which a pattern is found must contain. It may demand less than the pattern
 * does, never more.
 */
sealed interface RequiredText {
  /** Texts shorter than this are in most documents and not worth demanding. */
  int SHORTEST = 2;

  /** Nothing is known: any document. */
  record Nothing() implements RequiredText {}

  record Literal(String text) implements RequiredText {}

  record All(List<RequiredText> parts) implements RequiredText {
    public All {
      parts = List.copyOf(parts);
    }
  }

  record Any(List<RequiredText> parts) implements RequiredText {
    public Any {
      parts = List.copyOf(parts);
    }
  }

  /** What a valid pattern requires. */
  static RequiredText of(String pattern) {
    return new PatternReader(pattern).read();
  }

  /** One of the texts. */
  static RequiredText anyOf(Collection<String> texts) {
    return any(texts.stream().<RequiredText>map(Literal::new).toList());
  }

  static RequiredText any(List<RequiredText> parts) {
    if (parts.stream().anyMatch(part -> part.shortest() < SHORTEST)) {
      return new Nothing();
    }
    return parts.size() == 1 ? parts.getFirst() : new Any(parts);
  }

  /** All parts that are worth it: short texts are left out if there are longer ones. */
  static RequiredText all(List<RequiredText> parts) {
    int longest = parts.stream().mapToInt(RequiredText::shortest).max().orElse(0);
    int worth = Math.max(SHORTEST, Math.min(longest, Gram.UNITS));
    List<RequiredText> left = new ArrayList<>(parts);
    left.removeIf(part -> part.shortest() < worth);
    return switch (left.size()) {
      case 0 -> new Nothing();
      case 1 -> left.getFirst();
      default -> new All(left);
    };
  }

  /** Units that a document is sure to have to match at least. */
  private int shortest() {
    return switch (this) {
      case Nothing _ -> 0;
      case Literal(String text) -> text.length();
      case All(List<RequiredText> parts) ->
          parts.stream().mapToInt(RequiredText::shortest).max().orElse(0);
      case Any(List<RequiredText> parts) ->
          parts.stream().mapToInt(RequiredText::shortest).min().orElse(0);
    };
  }
}
