package dev.siltstone.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of some bytes, as 64 lower-case hexadecimal digits. */
public record Checksum(String hex) {
  private static final int DIGITS = 64;

  public Checksum {
    if (!hasForm(hex)) {
      throw new IllegalArgumentException("not a SHA-256 checksum: " + hex);
    }
  }

  private static boolean hasForm(String hex) {
    int digits = 0;
    while (digits < hex.length() && isDigit(hex.charAt(digits))) {
      digits++;
    }
    return digits == DIGITS && hex.length() == DIGITS;
  }

  private static boolean isDigit(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
  }

  public static Checksum of(byte[] bytes) {
    return hex(newDigest().digest(bytes));
  }

  /** Finishes a digest that has been fed by the caller. */
  public static Checksum of(MessageDigest fed) {
    return hex(fed.digest());
  }

  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static Checksum hex(byte[] digest) {
    return new Checksum(HexFormat.of().formatHex(digest));
  }

  @Override
  public String toString() {
    return hex;
  }
}
