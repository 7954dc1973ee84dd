package dev.siltstone.collection;

import dev.siltstone.failure.InvalidRequestException;
import java.util.Locale;

/** How two embeddings are compared; smaller is nearer. */
public enum Space {
  /** Squared Euclidean distance. */
  L2,
  /** 1 − cosine; 1 when a vector is zero. */
  COSINE,
  /** 1 − inner product; may be negative. */
  IP;

  /** The name on the wire: {@code l2}, {@code cosine}, {@code ip}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Space parse(String wireName) {
    for (Space space : values()) {
      if (space.wireName().equals(wireName)) {
        return space;
      }
    }
    throw new InvalidRequestException(
        "unknown variant `" + wireName + "`, expected one of `l2`, `cosine`, `ip`");
  }
}
