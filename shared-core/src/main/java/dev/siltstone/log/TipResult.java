package dev.siltstone.log;

/** How an attempt to move the tip ended. */
public sealed interface TipResult {
  /** The tip is the given one now. */
  record Moved() implements TipResult {}

  /** The tip is there already or further: fine, nothing was changed. */
  record AlreadyThere(Tip tip) implements TipResult {}

  /** The collection does not exist (any more). */
  record CollectionGone() implements TipResult {}
}
