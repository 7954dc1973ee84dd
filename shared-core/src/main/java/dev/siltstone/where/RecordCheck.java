package dev.siltstone.where;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Metadata;
import org.jspecify.annotations.Nullable;

/**
 * Checks records one by one against a filter, for one request, and ends it when regular expressions
 * have been given more work than a server can spend on it. The work is that of the worst document:
 * one step per unit of a document and instruction of a pattern. Belongs to one thread.
 */
public final class RecordCheck {
  /**
   * Most steps of a request: enough to search 30 MB of text with a pattern of 33 instructions.
   * Measured on one busy core, a step takes 1 to 10 ns as a rule and 30 to 75 with patterns that
   * are made to be slow, so that the worst request ends after a little more than a minute.
   */
  public static final long MAX_STEPS = 1_000_000_000;

  private final Where where;
  private final boolean readsMetadata;
  private final long stepsPerUnit;
  private long stepsLeft;

  public RecordCheck(Where where) {
    this(where, MAX_STEPS);
  }

  RecordCheck(Where where, long steps) {
    this.where = where;
    this.readsMetadata = where.readsMetadata();
    this.stepsPerUnit = where.stepsPerUnit();
    this.stepsLeft = steps;
  }

  /** Whether the metadata makes a difference. */
  public boolean readsMetadata() {
    return readsMetadata;
  }

  /**
   * Whether the record satisfies the filter.
   *
   * @throws InvalidRequestException if the request has done its share of work
   */
  public boolean matches(Metadata metadata, @Nullable String document) {
    if (document != null && stepsPerUnit > 0) {
      stepsLeft -= stepsPerUnit * document.length();
      if (stepsLeft < 0) {
        throw new InvalidRequestException(
            "Regex too expensive: too many documents would have to be searched with it; make it"
                + " contain longer literal text, simplify it, or narrow the search with ids or"
                + " where");
      }
    }
    return where.matches(metadata, document);
  }
}
