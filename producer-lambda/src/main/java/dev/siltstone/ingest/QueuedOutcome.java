package dev.siltstone.ingest;

/** What became of a write that may arrive again. */
public sealed interface QueuedOutcome {
  /** It stands, by this call or since an earlier one: whoever sent it may forget it. */
  record Stands() implements QueuedOutcome {}

  /**
   * It was not applied, or nobody knows: it may be sent again.
   *
   * @param cause a {@link dev.siltstone.failure.SiltstoneException}, an {@link
   *     dev.siltstone.api.ApiException} or a defect
   */
  record Failed(RuntimeException cause) implements QueuedOutcome {}
}
