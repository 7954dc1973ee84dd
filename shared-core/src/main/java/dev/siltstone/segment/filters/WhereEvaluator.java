package dev.siltstone.segment.filters;

import dev.siltstone.where.Where;
import dev.siltstone.where.Where.And;
import dev.siltstone.where.Where.Compare;
import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.In;
import dev.siltstone.where.Where.ListContains;
import dev.siltstone.where.Where.ListNotContains;
import dev.siltstone.where.Where.NotContains;
import dev.siltstone.where.Where.NotIn;
import dev.siltstone.where.Where.NotRegex;
import dev.siltstone.where.Where.Or;
import dev.siltstone.where.Where.Regex;
import java.util.Comparator;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/**
 * Bounds the rows that satisfy a filter, those for which {@link Where#matches} is true, from below
 * and above; exactly if it does not read documents. Every step narrows a set of candidates, and
 * conditions on documents come last, when few candidates are left. A negation is what its
 * affirmation leaves of the candidates; that is why it also finds rows without the key or the
 * document.
 */
public final class WhereEvaluator {
  private final MetadataIndex metadata;
  private final DocumentSearch documents;

  public WhereEvaluator(MetadataIndex metadata, DocumentSearch documents) {
    this.metadata = metadata;
    this.documents = documents;
  }

  /**
   * Which candidates satisfy the filter, in bitmaps of the caller's own. No document is read.
   *
   * @param candidates not changed
   */
  public RowBounds evaluate(Where where, RoaringBitmap candidates) {
    if (candidates.isEmpty()) {
      return RowBounds.exactly(new RoaringBitmap());
    }
    return switch (where) {
      case And(List<Where> children) -> all(children, candidates);
      case Or(List<Where> children) -> any(children, candidates);
      case Compare compare -> RowBounds.exactly(compared(compare, candidates));
      case In(var key, var operands) ->
          RowBounds.exactly(and(candidates, metadata.equalToAny(key, operands)));
      case NotIn(var key, var operands) ->
          RowBounds.exactly(without(candidates, metadata.equalToAny(key, operands)));
      case ListContains(var key, var operand) ->
          RowBounds.exactly(and(candidates, metadata.containing(key, operand)));
      case ListNotContains(var key, var operand) ->
          RowBounds.exactly(without(candidates, metadata.containing(key, operand)));
      case Contains contains -> documents.containing(contains, haveDocument(candidates));
      case NotContains not -> negated(candidates, evaluate(not.negated(), candidates));
      case Regex regex -> documents.matching(regex, haveDocument(candidates));
      case NotRegex not -> negated(candidates, evaluate(not.negated(), candidates));
    };
  }

  private RowBounds all(List<Where> children, RoaringBitmap candidates) {
    RoaringBitmap certain = candidates.clone();
    RoaringBitmap possible = candidates.clone();
    for (Where child : documentsLast(children)) {
      RowBounds bounds = evaluate(child, possible);
      certain.and(bounds.certain());
      possible = bounds.possible();
    }
    return new RowBounds(certain, possible);
  }

  private RowBounds any(List<Where> children, RoaringBitmap candidates) {
    if (children.isEmpty()) {
      return RowBounds.exactly(candidates.clone());
    }
    RoaringBitmap certain = new RoaringBitmap();
    RoaringBitmap possible = new RoaringBitmap();
    for (Where child : documentsLast(children)) {
      RoaringBitmap open = child.readsDocument() ? without(candidates, certain) : candidates;
      RowBounds bounds = evaluate(child, open);
      certain.or(bounds.certain());
      possible.or(bounds.possible());
    }
    return new RowBounds(certain, possible);
  }

  private static RowBounds negated(RoaringBitmap candidates, RowBounds bounds) {
    return new RowBounds(
        without(candidates, bounds.possible()), without(candidates, bounds.certain()));
  }

  private RoaringBitmap compared(Compare compare, RoaringBitmap candidates) {
    return switch (compare.comparison()) {
      case EQUAL -> and(candidates, metadata.equalTo(compare.key(), compare.operand()));
      case NOT_EQUAL -> without(candidates, metadata.equalTo(compare.key(), compare.operand()));
      case GREATER, GREATER_OR_EQUAL, LESS, LESS_OR_EQUAL ->
          and(candidates, metadata.inOrder(compare.key(), compare.comparison(), compare.operand()));
    };
  }

  private RoaringBitmap haveDocument(RoaringBitmap candidates) {
    return and(candidates, metadata.withDocument());
  }

  private static List<Where> documentsLast(List<Where> children) {
    return children.stream().sorted(Comparator.comparing(Where::readsDocument)).toList();
  }

  /** Takes over {@code matching}. */
  private static RoaringBitmap and(RoaringBitmap candidates, RoaringBitmap matching) {
    matching.and(candidates);
    return matching;
  }

  private static RoaringBitmap without(RoaringBitmap candidates, RoaringBitmap excluded) {
    return RoaringBitmap.andNot(candidates, excluded);
  }
}
