package dev.siltstone.log;

import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.storage.ObjectKey;
import org.jspecify.annotations.Nullable;

/**
 * What readers may rely on: the newest snapshot known to be published and the last place it folds.
 * Moves only to a higher generation. The pointer object may be ahead of it, never behind.
 *
 * @param manifest key of the snapshot's manifest; null exactly in generation 0, before the first
 *     publish
 */
public record Tip(Generation generation, Sequence folded, @Nullable ObjectKey manifest) {
  public static final Tip NONE = new Tip(Generation.ZERO, Sequence.ZERO, null);

  public Tip {
    if ((manifest == null) != generation.equals(Generation.ZERO)) {
      throw new IllegalArgumentException("tip of generation " + generation + " names " + manifest);
    }
  }
}
