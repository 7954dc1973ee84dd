package dev.siltstone.local.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits plain text or Markdown into paragraphs. Headings, with number signs or underlined, become
 * the titles of what follows; fenced code and tables stay as they are.
 */
final class ParagraphReader {
  private static final Pattern HEADING = Pattern.compile(" {0,3}(#{1,6})\\s+(.*?)\\s*#*\\s*");
  private static final Pattern UNDERLINE = Pattern.compile(" {0,3}(=+|-{3,})\\s*");
  private static final Pattern FENCE = Pattern.compile("\\s*(```|~~~).*");
  private static final int LEVELS = 6;

  private final List<Paragraph> paragraphs = new ArrayList<>();
  private final String[] headings = new String[LEVELS];
  private final List<String> pending = new ArrayList<>();
  private int pendingLine;
  private boolean fenced;

  private ParagraphReader() {
    openHeading(1, "");
  }

  static List<Paragraph> read(String text) {
    ParagraphReader reader = new ParagraphReader();
    int number = 1;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      reader.line(number++, line);
    }
    reader.endParagraph();
    return reader.paragraphs;
  }

  private void line(int number, String line) {
    if (FENCE.matcher(line).matches()) {
      fence(number, line);
    } else if (fenced) {
      add(number, line);
    } else if (line.isBlank()) {
      endParagraph();
    } else {
      headingOrText(number, line);
    }
  }

  private void fence(int number, String line) {
    if (!fenced) {
      endParagraph();
    }
    add(number, line);
    fenced = !fenced;
    if (!fenced) {
      endParagraph();
    }
  }

  private void headingOrText(int number, String line) {
    Matcher heading = HEADING.matcher(line);
    if (heading.matches()) {
      endParagraph();
      openHeading(heading.group(1).length(), heading.group(2));
    } else if (pending.size() == 1 && UNDERLINE.matcher(line).matches()) {
      openHeading(line.strip().startsWith("=") ? 1 : 2, pending.getFirst().strip());
      pending.clear();
    } else {
      add(number, line);
    }
  }

  private void add(int number, String line) {
    if (pending.isEmpty()) {
      pendingLine = number;
    }
    pending.add(line);
  }

  private void openHeading(int level, String title) {
    headings[level - 1] = title;
    for (int deeper = level; deeper < LEVELS; deeper++) {
      headings[deeper] = "";
    }
  }

  private void endParagraph() {
    if (!pending.isEmpty()) {
      boolean table = pending.stream().allMatch(line -> line.strip().startsWith("|"));
      boolean verbatim = table || FENCE.matcher(pending.getFirst()).matches();
      paragraphs.add(
          new Paragraph(pendingLine, title(), String.join("\n", pending).strip(), verbatim));
      pending.clear();
    }
  }

  private String title() {
    StringBuilder title = new StringBuilder();
    for (String heading : headings) {
      if (!heading.isEmpty()) {
        title.append(title.isEmpty() ? "" : " › ").append(heading);
      }
    }
    return title.toString();
  }
}
