package dev.siltstone.where;

import dev.siltstone.record.Metadata;
import org.jspecify.annotations.Nullable;

/** Checks records one by one against a filter, for one request. Belongs to one thread. */
public final class RecordCheck {
  /** Looking for a text takes so much less than a step of a pattern, for a unit of a document. */
  private static final long TEXTS_PER_STEP = 16;

  private final Where where;
  private final boolean readsMetadata;
  private final long stepsPerUnit;
  private final long boundedTexts;
  private final TextWork work;

  /**
   * A check.
   *
   * @param work what the request may spend on documents
   */
  public RecordCheck(Where where, TextWork work) {
    this.where = where;
    this.readsMetadata = where.readsMetadata();
    this.stepsPerUnit = where.stepsPerUnit();
    this.boundedTexts = work.bounded(where.texts());
    this.work = work;
  }

  /** Whether the metadata makes a difference. */
  public boolean readsMetadata() {
    return readsMetadata;
  }

  /**
   * Whether the record satisfies the filter.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if the request has done its share of work
   */
  public boolean matches(Metadata metadata, @Nullable String document) {
    if (document != null && stepsPerUnit + boundedTexts > 0) {
      long units = document.length();
      work.spend(stepsPerUnit * units + boundedTexts * units / TEXTS_PER_STEP);
    }
    return where.matches(metadata, document);
  }
}
