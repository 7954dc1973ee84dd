package dev.siltstone.compaction;

import java.util.concurrent.Executor;

/**
 * Who merges while the run goes on publishing.
 *
 * @param executor runs one merge of each run at a time
 * @param threads that build a graph together
 */
public record MergeWorkers(Executor executor, int threads) {
  /** The run's own thread, step by step: the same input always takes the same course. */
  public static MergeWorkers inline() {
    return new MergeWorkers(Runnable::run, 1);
  }
}
