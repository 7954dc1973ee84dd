package dev.siltstone.record;

import org.jspecify.annotations.Nullable;

/**
 * What a writer asks for one record. A null document or uri means "none given": it never removes
 * one that is there. See {@link Fold} for the meaning.
 */
public sealed interface Operation {
  RecordId id();

  /** The vector it carries, or null. */
  @Nullable Embedding embedding();

  /** Insert if the id is absent, else do nothing. */
  record Add(
      RecordId id,
      Embedding embedding,
      @Nullable String document,
      @Nullable String uri,
      MetadataPatch metadata)
      implements Operation {}

  /** Insert if the id is absent, else merge. */
  record Upsert(
      RecordId id,
      Embedding embedding,
      @Nullable String document,
      @Nullable String uri,
      MetadataPatch metadata)
      implements Operation {}

  /** Merge if the id is present, else do nothing. */
  record Update(
      RecordId id,
      @Nullable Embedding embedding,
      @Nullable String document,
      @Nullable String uri,
      MetadataPatch metadata)
      implements Operation {}

  /** Remove if present. */
  record Delete(RecordId id) implements Operation {
    @Override
    public @Nullable Embedding embedding() {
      return null;
    }
  }
}
