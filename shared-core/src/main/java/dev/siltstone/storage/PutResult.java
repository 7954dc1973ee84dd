package dev.siltstone.storage;

/** How a conditional put ended, when its outcome is known. */
public sealed interface PutResult {
  /** The object is there, durable, with this ETag. */
  record Stored(ETag etag) implements PutResult {}

  /**
   * The condition did not hold: the key is taken (put-if-absent) or has other content, or is
   * missing (put-if-match). Nothing was written by this call. After an earlier attempt with an
   * unknown outcome the other content may be one's own: read it before concluding anything.
   */
  record ConditionFailed() implements PutResult {}
}
