package dev.siltstone.local.http;

import java.util.Set;

/**
 * What the port accepts and how it answers.
 *
 * @param maxBodyBytes of one request, as sent and after decompression
 * @param bodyMemoryBytes that bodies under way may hold together; a request waits for its share
 * @param compression of answers
 * @param allowedOrigins of browser pages that may call, or {@code *} for any; usually none
 */
public record HttpSettings(
    int maxBodyBytes, long bodyMemoryBytes, Compression compression, Set<String> allowedOrigins) {
  private static final int CHROMAS_BODY_LIMIT = 40 << 20;

  /** When an answer that the client would accept compressed is compressed. */
  public enum Compression {
    /** Never over loopback, where it costs more than it saves. */
    FOR_REMOTE_CLIENTS,
    ALWAYS
  }

  public HttpSettings {
    allowedOrigins = Set.copyOf(allowedOrigins);
    if (maxBodyBytes < 1 || bodyMemoryBytes < maxBodyBytes) {
      throw new IllegalArgumentException(
          "body limit %d, memory for bodies %d".formatted(maxBodyBytes, bodyMemoryBytes));
    }
  }

  /** Chroma's limit of 40 MiB, and a quarter of the heap for bodies under way. */
  public static HttpSettings standard() {
    long quarterOfHeap = Runtime.getRuntime().maxMemory() / 4;
    return new HttpSettings(
        CHROMAS_BODY_LIMIT,
        Math.max(CHROMAS_BODY_LIMIT, quarterOfHeap),
        Compression.FOR_REMOTE_CLIENTS,
        Set.of());
  }

  /** Of the memory for bodies, what all share; the rest is for the one that may grow beyond. */
  long sharedBodyBytes() {
    return Math.max(maxBodyBytes / 2, bodyMemoryBytes - maxBodyBytes);
  }

  /** What all answers that are made or sent share, but for the one that may grow beyond. */
  long sharedAnswerBytes() {
    return bodyMemoryBytes / 2;
  }

  public HttpSettings withAllowedOrigins(Set<String> origins) {
    return new HttpSettings(maxBodyBytes, bodyMemoryBytes, compression, origins);
  }
}
