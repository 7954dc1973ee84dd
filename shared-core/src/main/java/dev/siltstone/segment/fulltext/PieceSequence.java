package dev.siltstone.segment.fulltext;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pieces one after another: exact neighbours make longer texts, which are demanded together. */
final class PieceSequence {
  private final List<RequiredText> required = new ArrayList<>();
  private Set<String> run = Set.of("");
  private boolean broken;

  void add(Piece piece) {
    Set<String> texts = piece.exact();
    if (texts == null) {
      endRun();
      required.add(piece.required());
      return;
    }
    Set<String> longer = Piece.joined(run, texts);
    if (longer == null) {
      endRun();
      run = texts;
    } else {
      run = longer;
    }
  }

  /** The whole sequence as one piece. */
  Piece toPiece() {
    if (!broken) {
      return Piece.exactly(run);
    }
    endRun();
    return Piece.requiring(RequiredText.all(required));
  }

  private void endRun() {
    required.add(RequiredText.anyOf(run));
    run = Set.of("");
    broken = true;
  }
}
