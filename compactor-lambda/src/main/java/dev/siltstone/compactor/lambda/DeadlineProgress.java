package dev.siltstone.compactor.lambda;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.time.Deadline;

/** Gives up work that only reads when the invocation is about to end, so that it says why. */
final class DeadlineProgress implements WorkProgress {
  private final Deadline deadline;

  DeadlineProgress(Deadline deadline) {
    this.deadline = deadline;
  }

  @Override
  public Step begin(String label, long total) {
    return new Counted(label, total);
  }

  private final class Counted implements Step {
    private final String label;
    private final long total;
    private long done;

    private Counted(String label, long total) {
      this.label = label;
      this.total = total;
    }

    @Override
    public void advance(long count) {
      done += count;
      if (done < total && deadline.hasPassed()) {
        throw new UnavailableException(
            "out of time after %d of %d %s; give the function more time, or ask for less"
                .formatted(done, total, label),
            null);
      }
    }
  }
}
