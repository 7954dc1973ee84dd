package dev.siltstone.local.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * What a demo shows.
 *
 * @param texts folders and files to read
 * @param base where their names begin
 * @param data the folder that will hold everything
 * @param questions to answer; if empty, some are made up from the texts
 * @param afterwards what follows the last question
 * @param producers that write at the same time
 * @param answers passages shown for a question
 */
public record DemoSettings(
    List<Path> texts,
    Path base,
    Path data,
    List<String> questions,
    Afterwards afterwards,
    int producers,
    int answers) {

  /** What follows the last question. */
  public enum Afterwards {
    END,
    /** More questions, if somebody sits at a terminal. */
    CONVERSE
  }

  public DemoSettings {
    texts = List.copyOf(texts);
    questions = List.copyOf(questions);
  }
}
