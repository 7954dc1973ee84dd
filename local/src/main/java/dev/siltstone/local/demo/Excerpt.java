package dev.siltstone.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The beginning of a passage, without its markup, wrapped to a few lines. */
final class Excerpt {
  private static final int WIDTH = 88;
  private static final int LINES = 3;

  private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)]*\\)");
  private static final Pattern RULE = Pattern.compile("(?m)^[|\\s:-]*$");
  private static final Pattern ROW_ENDS = Pattern.compile("(?m)^\\||\\|$");
  private static final Pattern EMPHASIS = Pattern.compile("\\*\\*|`");

  private Excerpt() {}

  static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : plain(text).strip().split("\\s+")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
        if (lines.size() == LINES - 1) {
          lines.add(line + " …");
          return lines;
        }
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String plain(String markdown) {
    String unlinked = LINK.matcher(markdown).replaceAll("$1");
    String unruled = RULE.matcher(unlinked).replaceAll("");
    String cells = ROW_ENDS.matcher(unruled).replaceAll("").replace("|", "·");
    return EMPHASIS.matcher(cells).replaceAll("");
  }
}
