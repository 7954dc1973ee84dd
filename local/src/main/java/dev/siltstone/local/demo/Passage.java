package dev.siltstone.local.demo;

/**
 * A part of a text that is short enough to be understood whole by the embedding function.
 *
 * @param file where it stands, as people name it
 * @param number of the passage in its file, from 1
 * @param line of its first sentence, from 1
 * @param title the headings above it, outermost first, or the file's name
 */
record Passage(String file, int number, int line, String title, String text) {
  /** What is embedded: a passage is easier to find with the headings it stands under. */
  String titledText() {
    return title + "\n" + text;
  }

  /** Its record's id, such as {@code README.md#7}: the same whenever the file is read again. */
  String id() {
    return file + "#" + number;
  }
}
