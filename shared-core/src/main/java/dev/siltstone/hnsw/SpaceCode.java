package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import java.util.Optional;

/** The number that stands for a space in the file. */
final class SpaceCode {
  private SpaceCode() {}

  static int of(Space space) {
    return switch (space) {
      case L2 -> 0;
      case COSINE -> 1;
      case IP -> 2;
    };
  }

  static Optional<Space> decode(int code) {
    for (Space space : Space.values()) {
      if (of(space) == code) {
        return Optional.of(space);
      }
    }
    return Optional.empty();
  }
}
