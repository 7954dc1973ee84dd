package dev.siltstone.where;

import dev.siltstone.failure.InvalidRequestException;

/**
 * How much the filters of one request ask for, all of them counted together. Every record that no
 * index covers is held against every condition, so their number multiplies the work; the values of
 * an {@code $in} are looked up together and cost less. Belongs to one thread.
 */
public final class FilterBreadth {
  /** Most conditions; {@code $and} and {@code $or} count as well. */
  public static final int MAX_CONDITIONS = 2_000;

  /** Most conditions on documents among them: each may have to read every document. */
  public static final int MAX_DOCUMENT_CONDITIONS = 100;

  /** Most values of {@code $in} and {@code $nin}. */
  public static final int MAX_OPERANDS = 100_000;

  /** Most ids. */
  public static final int MAX_IDS = 100_000;

  private int conditions;
  private int documentConditions;
  private int operands;
  private int ids;

  /**
   * Counts the ids that a request names.
   *
   * @throws InvalidRequestException if there are too many
   */
  public void countIds(int more) {
    ids = counted(ids, more, MAX_IDS, "Too many ids: more than %d in one request; send several");
  }

  void countCondition(String invalidMessage) {
    conditions =
        counted(
            conditions,
            1,
            MAX_CONDITIONS,
            invalidMessage
                + ": more than %d conditions in one request, $and and $or included; $in takes many"
                + " values of one key");
  }

  void countDocumentCondition(String invalidMessage) {
    documentConditions =
        counted(
            documentConditions,
            1,
            MAX_DOCUMENT_CONDITIONS,
            invalidMessage
                + ": more than %d conditions on documents in one request; a $regex takes many"
                + " alternatives");
  }

  void countOperands(int more, String invalidMessage) {
    operands =
        counted(
            operands,
            more,
            MAX_OPERANDS,
            invalidMessage + ": more than %d values of $in and $nin in one request; send several");
  }

  private static int counted(int before, int more, int limit, String message) {
    if (more > limit - before) {
      throw new InvalidRequestException(message.formatted(limit));
    }
    return before + more;
  }
}
