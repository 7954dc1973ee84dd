package dev.siltstone.operations.command;

import java.util.Base64;

/** A mended delta, as it is stored (SQLite, compressed by zstd). */
public final class RepairedDelta {
  private final byte[] bytes;

  public RepairedDelta(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  /**
   * From base64, as an event carries it.
   *
   * @throws IllegalArgumentException if it is not base64
   */
  public static RepairedDelta ofBase64(String text) {
    return new RepairedDelta(Base64.getDecoder().decode(text));
  }

  byte[] bytes() {
    return bytes.clone();
  }
}
