package dev.siltstone.local.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a text into passages: whole sentences of one section, at most {@value #LIMIT} characters,
 * which is about what all-MiniLM-L6-v2 reads (256 tokens). When a section is cut, the last sentence
 * before the cut is repeated after it, so that what spans the cut can be found too.
 */
final class PassageSplitter {
  static final int LIMIT = 1000;
  private static final int OVERLAP = 250;

  private final TextFile file;
  private final List<Passage> passages = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private String title = "";
  private String lastPiece = "";
  private int lastLine;
  private int line;

  private PassageSplitter(TextFile file) {
    this.file = file;
  }

  static List<Passage> split(TextFile file) {
    PassageSplitter splitter = new PassageSplitter(file);
    for (Paragraph paragraph : ParagraphReader.read(file.text())) {
      splitter.add(paragraph);
    }
    splitter.endPassage();
    return splitter.passages;
  }

  private void add(Paragraph paragraph) {
    if (!paragraph.title().equals(title)) {
      endPassage();
      title = paragraph.title();
    }
    String separator = "\n\n";
    for (String piece : Sentences.of(paragraph, LIMIT)) {
      if (text.length() + separator.length() + piece.length() > LIMIT) {
        endPassageWithOverlap(piece);
      }
      append(paragraph.line(), separator, piece);
      separator = paragraph.verbatim() ? "\n" : " ";
    }
  }

  private void append(int paragraphLine, String separator, String piece) {
    if (text.isEmpty()) {
      line = paragraphLine;
    } else {
      text.append(separator);
    }
    text.append(piece);
    lastPiece = piece;
    lastLine = paragraphLine;
  }

  private void endPassageWithOverlap(String next) {
    String overlap = lastPiece;
    int overlapLine = lastLine;
    endPassage();
    if (overlap.length() <= OVERLAP && overlap.length() + 2 + next.length() <= LIMIT) {
      append(overlapLine, "", overlap);
    }
  }

  private void endPassage() {
    if (!text.isEmpty()) {
      String titleOrName = title.isEmpty() ? file.name() : title;
      passages.add(
          new Passage(file.name(), passages.size() + 1, line, titleOrName, text.toString()));
      text.setLength(0);
    }
  }
}
