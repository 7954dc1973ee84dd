package dev.siltstone.segment.fulltext;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a part of a pattern.
 *
 * @param exact few texts of which every match is one, or null if there are many or none is known
 * @param required what every match contains, if there are no exact texts
 */
record Piece(@Nullable Set<String> exact, RequiredText required) {
  /** Texts that are followed at once; the product of alternatives grows fast. */
  static final int MOST_TEXTS = 16;

  /** Matches nothing but a place, such as the start of a line. */
  static final Piece EMPTY = exactly(Set.of(""));

  static final Piece UNKNOWN = new Piece(null, new RequiredText.Nothing());

  static Piece exactly(Set<String> texts) {
    return texts.size() > MOST_TEXTS
        ? requiring(RequiredText.anyOf(texts))
        : new Piece(texts, new RequiredText.Nothing());
  }

  static Piece requiring(RequiredText required) {
    return new Piece(null, required);
  }

  /** What a match of this piece contains. */
  RequiredText contained() {
    return exact == null ? required : RequiredText.anyOf(exact);
  }

  /** Either piece. */
  static Piece either(List<Piece> branches) {
    if (branches.stream().allMatch(branch -> branch.exact != null)) {
      Set<String> texts = new LinkedHashSet<>();
      branches.forEach(branch -> texts.addAll(branch.exact == null ? Set.of() : branch.exact));
      return exactly(texts);
    }
    return requiring(RequiredText.any(branches.stream().map(Piece::contained).toList()));
  }

  /** This piece or nothing. */
  Piece orNothing() {
    return exact == null ? UNKNOWN : either(List.of(this, EMPTY));
  }

  /** All ways to say one of these and then one of those, or null if they are too many. */
  static @Nullable Set<String> joined(Set<String> first, Set<String> then) {
    if (first.size() * then.size() > MOST_TEXTS) {
      return null;
    }
    Stream<String> pairs = first.stream().flatMap(left -> then.stream().map(left::concat));
    return pairs.collect(LinkedHashSet::new, Set::add, Set::addAll);
  }
}
