package dev.siltstone.operations.command;

import dev.siltstone.gc.GcProgress;
import dev.siltstone.operations.WorkProgress;

/** Turns the collector's totals into steps; begins with the first deletion. */
final class GarbageProgress implements GcProgress, AutoCloseable {
  private final WorkProgress progress;
  private WorkProgress.Step step = WorkProgress.Step.NONE;
  private long told;

  GarbageProgress(WorkProgress progress) {
    this.progress = progress;
  }

  @Override
  public void deleted(long objects, long total) {
    if (told == 0) {
      step.close();
      step = progress.begin("objects deleted", total);
    }
    step.advance(objects - told);
    told = objects;
  }

  @Override
  public void close() {
    step.close();
  }
}
