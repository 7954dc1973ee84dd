package dev.siltstone.segment.file;

import java.nio.charset.StandardCharsets;

/**
 * What the frame says about a file.
 *
 * @param name the file's name in its segment, for messages
 * @param magic eight ASCII characters
 * @param version the newest version that this code reads, and the one that it writes
 */
public record FileKind(String name, String magic, int version) {
  static final int MAGIC_BYTES = 8;

  public FileKind {
    if (magic.getBytes(StandardCharsets.US_ASCII).length != MAGIC_BYTES || version < 1) {
      throw new IllegalArgumentException("file kind " + name);
    }
  }

  byte[] magicBytes() {
    return magic.getBytes(StandardCharsets.US_ASCII);
  }
}
