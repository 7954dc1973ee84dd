package dev.siltstone.aws;

import java.util.List;
import java.util.Optional;

/** How a conditional write to the table ended, when its outcome is known. */
public sealed interface WriteResult {
  /** The write took effect; {@code item} is what an update left, and empty for other writes. */
  record Applied(Item item) implements WriteResult {}

  /**
   * A condition did not hold and nothing was written.
   *
   * @param refusals one for each action, in order: empty where the action's own condition held,
   *     else the item that stands there, which is {@link Item#NONE} if there is none
   */
  record Refused(List<Optional<Item>> refusals) implements WriteResult {
    public Refused {
      refusals = List.copyOf(refusals);
    }

    /** Whether it was this action's condition that did not hold. */
    public boolean by(int action) {
      return refusals.get(action).isPresent();
    }

    /** What stands where this action was to write. */
    public Item found(int action) {
      return refusals.get(action).orElseThrow();
    }

    /** What stands where the only action was to write. */
    public Item found() {
      return found(0);
    }
  }
}
