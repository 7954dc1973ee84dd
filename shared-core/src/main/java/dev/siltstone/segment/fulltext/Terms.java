package dev.siltstone.segment.fulltext;

import java.util.function.LongConsumer;

/**
 * The terms of a text, for ranking: maximal runs of letters, digits and marks in lower case, and
 * each ideograph by itself. A term is known by 63 bits of its hash: FNV-1a over its UTF-16 units,
 * mixed once more. Two terms of one collection meet with a chance of about n² / 2^64.
 */
final class Terms {
  private static final long FNV_START = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Terms() {}

  /** Hands over the hash of every term, in order, and returns how many there are. */
  static int forEach(String text, LongConsumer hashes) {
    int terms = 0;
    long hash = FNV_START;
    boolean open = false;
    int step;
    for (int i = 0; i < text.length(); i += step) {
      int point = text.codePointAt(i);
      step = Character.charCount(point);
      boolean alone = point >= 0x3000 && Character.isIdeographic(point);
      if (open && (alone || !isInTerm(point))) {
        hashes.accept(mixed(hash));
        terms++;
        hash = FNV_START;
        open = false;
      }
      if (alone) {
        hashes.accept(mixed(with(FNV_START, point)));
        terms++;
      } else if (isInTerm(point)) {
        hash = with(hash, Character.toLowerCase(point));
        open = true;
      }
    }
    if (open) {
      hashes.accept(mixed(hash));
      terms++;
    }
    return terms;
  }

  /** The hash of a text that is one term; any case. */
  static long hash(String term) {
    long hash = FNV_START;
    for (int i = 0; i < term.length(); i += Character.charCount(term.codePointAt(i))) {
      hash = with(hash, Character.toLowerCase(term.codePointAt(i)));
    }
    return mixed(hash);
  }

  private static boolean isInTerm(int point) {
    if (point < 0x80) {
      return (point >= 'a' && point <= 'z')
          || (point >= 'A' && point <= 'Z')
          || (point >= '0' && point <= '9');
    }
    return Character.isLetterOrDigit(point)
        || Character.getType(point) == Character.NON_SPACING_MARK
        || Character.getType(point) == Character.COMBINING_SPACING_MARK;
  }

  private static long with(long hash, int point) {
    if (point < Character.MIN_SUPPLEMENTARY_CODE_POINT) {
      return (hash ^ point) * FNV_PRIME;
    }
    long first = (hash ^ Character.highSurrogate(point)) * FNV_PRIME;
    return (first ^ Character.lowSurrogate(point)) * FNV_PRIME;
  }

  private static long mixed(long hash) {
    long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    return (mixed ^ mixed >>> 33) & Long.MAX_VALUE;
  }
}
