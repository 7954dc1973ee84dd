package dev.siltstone.compaction;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one segment while it is written; closing it deletes whatever is still there. */
final class SegmentScratch implements AutoCloseable {
  private final Path path;

  SegmentScratch(Path parent) {
    try {
      Files.createDirectories(parent);
      this.path = Files.createTempDirectory(parent, "segment-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return path;
  }

  @Override
  public void close() {
    if (!Files.isDirectory(path)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
