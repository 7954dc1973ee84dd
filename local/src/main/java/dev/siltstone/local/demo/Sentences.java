package dev.siltstone.local.demo;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts a paragraph into pieces no longer than a limit: sentences, or lines where it is verbatim.
 */
final class Sentences {
  private Sentences() {}

  static List<String> of(Paragraph paragraph, int limit) {
    List<String> pieces = new ArrayList<>();
    for (String whole : paragraph.verbatim() ? lines(paragraph.text()) : prose(paragraph.text())) {
      cut(whole, limit, pieces);
    }
    return pieces;
  }

  private static List<String> lines(String text) {
    return text.lines().filter(line -> !line.isBlank()).toList();
  }

  private static List<String> prose(String text) {
    String joined = text.replaceAll("\\s+", " ").strip();
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ENGLISH);
    breaks.setText(joined);
    List<String> sentences = new ArrayList<>();
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      sentences.add(joined.substring(start, end).strip());
      start = end;
    }
    return sentences;
  }

  /** Too long for one piece: cut before a word, or anywhere if it has no words. */
  private static void cut(String sentence, int limit, List<String> pieces) {
    String rest = sentence;
    while (rest.length() > limit) {
      int space = rest.lastIndexOf(' ', limit);
      int end = space > limit / 2 ? space : limit;
      pieces.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    if (!rest.isEmpty()) {
      pieces.add(rest);
    }
  }
}
