package dev.siltstone.json;

import dev.siltstone.record.MetadataValue;

/** What stands behind one key of a metadata object in JSON. */
public sealed interface MetadataItem {
  /** A value that can be stored. */
  record Value(MetadataValue value) implements MetadataItem {}

  /** {@code null}: remove the key. */
  record Null() implements MetadataItem {}

  /** {@code []}: a list without a kind, which stores nothing. */
  record EmptyList() implements MetadataItem {}

  /** An object with {@code indices} and {@code values}. */
  record SparseVector() implements MetadataItem {}

  /** Anything else: a nested object, a list of mixed kinds or of lists. */
  record Unfit() implements MetadataItem {}
}
