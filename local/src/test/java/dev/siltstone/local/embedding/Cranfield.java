package dev.siltstone.local.embedding;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The abstracts of the Cranfield collection, where the machine has them. */
final class Cranfield {
  private static final Pattern DOCUMENT = Pattern.compile("(?m)^\\.I \\d+\\R");
  private static final Pattern TEXT = Pattern.compile("(?m)^\\.W\\R");

  private Cranfield() {}

  /** All non-empty abstracts in file order; skips the calling test if there are none. */
  static List<String> abstracts() {
    Path file = folder().resolve("cranfield/cran.all.1400");
    assumeTrue(Files.exists(file), () -> "no Cranfield abstracts at " + file);
    try {
      return DOCUMENT
          .splitAsStream(Files.readString(file, StandardCharsets.ISO_8859_1))
          .map(document -> TEXT.split(document, 2))
          .filter(parts -> parts.length == 2 && !parts[1].isBlank())
          .map(parts -> parts[1].strip())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    return Optional.ofNullable(System.getenv("SILTSTONE_DATA"))
        .map(Path::of)
        .orElse(Path.of("..", "..", "shared", "data"));
  }
}
