package dev.siltstone.operations;

/** Told how far long work is; may throw to give up. */
@FunctionalInterface
public interface WorkProgress {
  /** Tells nobody. */
  WorkProgress NONE = (_, _) -> Step.NONE;

  /**
   * Some work begins.
   *
   * @param label what is counted, such as {@code objects deleted}
   * @param total how many there are
   */
  Step begin(String label, long total);

  /** Work under way; closed when it ends. */
  @FunctionalInterface
  interface Step extends AutoCloseable {
    Step NONE = _ -> {};

    /** So many more are done. */
    void advance(long count);

    @Override
    default void close() {}
  }
}
