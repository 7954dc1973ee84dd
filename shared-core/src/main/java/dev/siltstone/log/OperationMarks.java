package dev.siltstone.log;

import dev.siltstone.identity.OperationId;
import java.time.Instant;
import java.util.Set;

/**
 * The ids of the writes that share a delta. They are put down in the same step as the delta's
 * place, each only if it is not there, so that a write that arrives again finds its id.
 *
 * @param ids 1 to {@value #MOST}
 * @param now by the writer's clock
 * @param until when they may be forgotten
 */
public record OperationMarks(Set<OperationId> ids, Instant now, Instant until) {
  /** A DynamoDB transaction has at most 100 parts, and the place is one of them. */
  public static final int MOST = 90;

  public OperationMarks {
    ids = Set.copyOf(ids);
    if (ids.isEmpty() || ids.size() > MOST) {
      throw new IllegalArgumentException(ids.size() + " operation ids for one delta");
    }
  }
}
