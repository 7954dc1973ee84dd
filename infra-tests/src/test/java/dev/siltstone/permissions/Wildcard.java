package dev.siltstone.permissions;

/** IAM's patterns: {@code *} stands for any characters, {@code ?} for one. */
final class Wildcard {
  private Wildcard() {}

  /** Compares greedily, with one way back: to the last star. */
  static boolean matches(String pattern, String text) {
    int p = 0;
    int t = 0;
    int star = -1;
    int afterStar = 0;
    while (t < text.length()) {
      char wanted = p < pattern.length() ? pattern.charAt(p) : 0;
      if (wanted == '*') {
        star = p++;
        afterStar = t;
      } else if (wanted != 0 && (wanted == '?' || wanted == text.charAt(t))) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++afterStar;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(rest -> rest == '*');
  }
}
