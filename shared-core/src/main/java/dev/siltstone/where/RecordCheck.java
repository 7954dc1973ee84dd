package dev.siltstone.where;

import dev.siltstone.record.Metadata;
import org.jspecify.annotations.Nullable;

/** Checks records one by one against a filter, for one request. Belongs to one thread. */
public final class RecordCheck {
  private final Where where;
  private final boolean readsMetadata;
  private final long stepsPerUnit;
  private final TextWork work;

  /**
   * A check.
   *
   * @param work what the request may spend on regular expressions
   */
  public RecordCheck(Where where, TextWork work) {
    this.where = where;
    this.readsMetadata = where.readsMetadata();
    this.stepsPerUnit = where.stepsPerUnit();
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
    if (document != null && stepsPerUnit > 0) {
      work.spend(stepsPerUnit * document.length());
    }
    return where.matches(metadata, document);
  }
}
