package dev.siltstone.segment.fulltext;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a pattern for the texts that it requires. The pattern has been accepted by the engine, so
 * mistakes need not be found here; whatever is not understood counts as unknown.
 */
final class PatternReader {
  /** Exact repetitions that are written out. */
  private static final int MOST_REPEATS = 16;

  /** Members of a class that are followed one by one. */
  private static final int MOST_MEMBERS = 8;

  private static final String ZERO_WIDTH = "AbBzZ";
  private static final String CONTROLS = "afnrtv";
  private static final String CONTROL_TEXTS = "\u0007\f\n\r\t\u000b";

  private final String pattern;
  private int at;
  private boolean anyCase;

  PatternReader(String pattern) {
    this.pattern = pattern;
  }

  RequiredText read() {
    Piece whole = alternatives();
    return at == pattern.length() ? whole.contained() : new RequiredText.Nothing();
  }

  /** Up to the end or a closing parenthesis, which is not read. */
  private Piece alternatives() {
    List<Piece> branches = new ArrayList<>();
    branches.add(sequence());
    while (next('|')) {
      branches.add(sequence());
    }
    return branches.size() == 1 ? branches.getFirst() : Piece.either(branches);
  }

  private Piece sequence() {
    PieceSequence sequence = new PieceSequence();
    while (at < pattern.length() && peek() != '|' && peek() != ')') {
      addRepeated(sequence, atom());
    }
    return sequence.toPiece();
  }

  private void addRepeated(PieceSequence sequence, Piece piece) {
    if (next('*')) {
      sequence.add(Piece.UNKNOWN);
    } else if (next('+')) {
      addOnceOrMore(sequence, piece);
    } else if (next('?')) {
      sequence.add(piece.orNothing());
    } else if (atCount()) {
      addCounted(sequence, piece);
    } else {
      sequence.add(piece);
      return;
    }
    next('?');
  }

  private void addCounted(PieceSequence sequence, Piece piece) {
    int end = pattern.indexOf('}', at);
    String[] counts = pattern.substring(at + 1, end).split(",", -1);
    at = end + 1;
    int least = Integer.parseInt(counts[0]);
    if (least == 0) {
      sequence.add(Piece.UNKNOWN);
    } else if (counts.length == 1 && least <= MOST_REPEATS) {
      for (int i = 0; i < least; i++) {
        sequence.add(piece);
      }
    } else {
      addOnceOrMore(sequence, piece);
    }
  }

  /** Once at the start and once at the end, which may be the same. */
  private static void addOnceOrMore(PieceSequence sequence, Piece piece) {
    sequence.add(piece);
    if (piece.exact() != null) {
      sequence.add(Piece.UNKNOWN);
      sequence.add(piece);
    }
  }

  /** Whether a counted repetition follows; otherwise a brace stands for itself. */
  private boolean atCount() {
    if (at == pattern.length() || peek() != '{') {
      return false;
    }
    int end = pattern.indexOf('}', at);
    return end > 0 && pattern.substring(at, end + 1).matches("\\{\\d{1,4}(,\\d{0,4})?}");
  }

  private Piece atom() {
    char first = peek();
    return switch (first) {
      case '(' -> group();
      case '[' -> characterClass();
      case '.' -> skipped(1, Piece.UNKNOWN);
      case '^', '$' -> skipped(1, Piece.EMPTY);
      case '\\' -> escape();
      default -> literal(takePoint());
    };
  }

  private Piece group() {
    at++;
    boolean before = anyCase;
    if (next('?')) {
      if (readFlags()) {
        return Piece.EMPTY;
      }
    }
    Piece inside = alternatives();
    next(')');
    anyCase = before;
    return inside;
  }

  /** Reads a group's name or flags; true if the group ends with them, to hold for what follows. */
  private boolean readFlags() {
    if (peek() == 'P' || peek() == '<') {
      at = pattern.indexOf('>', at) + 1;
      return false;
    }
    boolean on = true;
    while (true) {
      char flag = pattern.charAt(at++);
      switch (flag) {
        case '-' -> on = false;
        case 'i' -> anyCase = on;
        case ':' -> {
          return false;
        }
        case ')' -> {
          return true;
        }
        default -> {}
      }
    }
  }

  private Piece characterClass() {
    int start = ++at;
    next('^');
    next(']');
    while (peek() != ']') {
      if (pattern.startsWith("[:", at) && pattern.indexOf(":]", at) > 0) {
        at = pattern.indexOf(":]", at) + 2;
      } else {
        at += peek() == '\\' ? 2 : 1;
      }
    }
    return members(pattern.substring(start, at++));
  }

  private Piece members(String inside) {
    int points = inside.codePointCount(0, inside.length());
    if (anyCase || points > MOST_MEMBERS || inside.matches("(?s).*[\\\\^\\-\\[].*")) {
      return Piece.UNKNOWN;
    }
    Set<String> texts = new LinkedHashSet<>();
    inside.codePoints().forEach(point -> texts.add(Character.toString(point)));
    return Piece.exactly(texts);
  }

  private Piece escape() {
    at++;
    char what = peek();
    if (what == 'Q') {
      return quoted();
    }
    if (CONTROLS.indexOf(what) >= 0) {
      return skipped(1, literal(CONTROL_TEXTS.charAt(CONTROLS.indexOf(what))));
    }
    if (ZERO_WIDTH.indexOf(what) >= 0) {
      return skipped(1, Piece.EMPTY);
    }
    if (what == 'p' || what == 'P' || what == 'x') {
      return coded(what);
    }
    if (what >= '0' && what <= '9') {
      while (at < pattern.length() && Character.digit(peek(), 8) >= 0) {
        at++;
      }
      return Piece.UNKNOWN;
    }
    return what < 0x80 && Character.isLetter(what)
        ? skipped(1, Piece.UNKNOWN)
        : literal(takePoint());
  }

  /** A property or a number, in braces or one letter or two digits long. */
  private Piece coded(char what) {
    at++;
    if (peek() == '{') {
      at = pattern.indexOf('}', at) + 1;
    } else {
      at += what == 'x' ? 2 : 1;
    }
    return Piece.UNKNOWN;
  }

  private Piece quoted() {
    at++;
    int end = pattern.indexOf("\\E", at);
    String inside = pattern.substring(at, end < 0 ? pattern.length() : end);
    at = end < 0 ? pattern.length() : end + 2;
    PieceSequence sequence = new PieceSequence();
    inside.codePoints().forEach(point -> sequence.add(literal(point)));
    return sequence.toPiece();
  }

  private Piece literal(int point) {
    return anyCase ? inAnyCase(point) : Piece.exactly(Set.of(Character.toString(point)));
  }

  /** Letters beyond ASCII have more forms than two; they count as unknown. */
  private static Piece inAnyCase(int point) {
    if (point >= 0x80) {
      return Character.isIdeographic(point)
          ? Piece.exactly(Set.of(Character.toString(point)))
          : Piece.UNKNOWN;
    }
    Set<String> forms = new LinkedHashSet<>();
    forms.add(Character.toString(Character.toLowerCase(point)));
    forms.add(Character.toString(Character.toUpperCase(point)));
    switch (Character.toLowerCase(point)) {
      case 'k' -> forms.add("\u212a");
      case 's' -> forms.add("\u017f");
      default -> {}
    }
    return Piece.exactly(forms);
  }

  private char peek() {
    return pattern.charAt(at);
  }

  private boolean next(char expected) {
    boolean there = at < pattern.length() && peek() == expected;
    at += there ? 1 : 0;
    return there;
  }

  private int takePoint() {
    int point = pattern.codePointAt(at);
    at += Character.charCount(point);
    return point;
  }

  private Piece skipped(int units, Piece piece) {
    at += units;
    return piece;
  }
}
