package dev.siltstone.where;

/**
 * Finds a text in a document in linear time: the JDK's search, which is fastest but takes the
 * product of both lengths at worst, for short texts, Knuth–Morris–Pratt for others.
 */
final class Substring {
  private static final int SHORT = 32;

  private Substring() {}

  static boolean occurs(String text, String document) {
    if (text.length() <= SHORT) {
      return document.contains(text);
    }
    return text.length() <= document.length() && search(text, document);
  }

  private static boolean search(String text, String document) {
    int[] borders = borders(text);
    int matched = 0;
    for (int i = 0; i < document.length(); i++) {
      char unit = document.charAt(i);
      while (matched > 0 && text.charAt(matched) != unit) {
        matched = borders[matched];
      }
      matched += text.charAt(matched) == unit ? 1 : 0;
      if (matched == text.length()) {
        return true;
      }
    }
    return false;
  }

  /** Per prefix of the text the length of its longest end that is also its beginning. */
  private static int[] borders(String text) {
    int[] borders = new int[text.length() + 1];
    int border = 0;
    for (int i = 1; i < text.length(); i++) {
      while (border > 0 && text.charAt(border) != text.charAt(i)) {
        border = borders[border];
      }
      border += text.charAt(border) == text.charAt(i) ? 1 : 0;
      borders[i + 1] = border;
    }
    return borders;
  }
}
