package dev.siltstone.api.json;

import dev.siltstone.api.Route;

/** What a write does with each of its records; see {@link dev.siltstone.record.Fold}. */
public enum WriteKind {
  ADD,
  UPSERT,
  UPDATE;

  /** The kind of write behind a route of the producer. */
  public static WriteKind of(Route route) {
    return switch (route) {
      case ADD -> ADD;
      case UPSERT -> UPSERT;
      case UPDATE -> UPDATE;
      default -> throw new IllegalArgumentException(route + " writes no records");
    };
  }

  /** An update may leave vectors as they are. */
  boolean needsEmbeddings() {
    return this != UPDATE;
  }

  /** Only what merges into a record can remove keys from it. */
  MetadataFields.Nulls nulls() {
    return this == ADD ? MetadataFields.Nulls.REFUSED : MetadataFields.Nulls.REMOVE;
  }

  /** The status of success. */
  public int status() {
    return this == ADD ? 201 : 200;
  }
}
