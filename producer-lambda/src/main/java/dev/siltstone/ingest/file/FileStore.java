package dev.siltstone.ingest.file;

import java.io.InputStream;
import java.util.Optional;

/** Where dropped files and the reports about them are. */
public interface FileStore {
  /**
   * The file's bytes from {@code offset}; empty if it is gone or has another content by now.
   * Closing gives up what has not been read.
   *
   * @throws dev.siltstone.failure.UnavailableException if it cannot be read now
   */
  Optional<InputStream> open(DroppedFile file, long offset);

  /** The report about a file of this content, if there is one. */
  Optional<byte[]> report(DroppedFile file);

  /** Writes or replaces it. */
  void report(DroppedFile file, byte[] report);
}
