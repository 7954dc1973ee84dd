package dev.siltstone.storage.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many names a file has. */
final class LinkCount {
  private LinkCount() {}

  static int of(Path file) throws IOException {
    return (Integer) Files.getAttribute(file, "unix:nlink");
  }
}
