package dev.siltstone.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Siltstone's own pages, which the demo reads if it is given nothing else. */
final class OwnDocumentation {
  static final List<String> QUESTIONS =
      List.of(
          "What happens when a producer dies in the middle of a write?",
          "How does a reader see writes that are not compacted yet?",
          "What keeps two compactors from overwriting each other?");

  /** Set by the launcher. */
  private static final String HOME = "siltstone.home";

  private OwnDocumentation() {}

  /** The project's folder. */
  static Path home() {
    return Path.of(System.getProperty(HOME, ""));
  }

  /** The Markdown pages of the project's folder, and its {@code docs} folder. */
  static List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(home())) {
      return entries.filter(OwnDocumentation::isDocumentation).sorted().toList();
    }
  }

  private static boolean isDocumentation(Path path) {
    return path.getFileName().toString().endsWith(".md")
        || path.getFileName().toString().equals("docs") && Files.isDirectory(path);
  }
}
