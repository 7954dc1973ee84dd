package dev.siltstone.query;

import dev.siltstone.record.RecordId;
import dev.siltstone.where.Where;
import dev.siltstone.where.WhereParser;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request's ids and conditions allow, together.
 *
 * @param ids the only ids allowed, or null for any
 */
record RecordFilter(@Nullable Set<RecordId> ids, Where where) {
  /**
   * Reads the conditions' trees.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if one breaks a rule
   */
  static RecordFilter of(
      @Nullable List<RecordId> ids, @Nullable Object where, @Nullable Object whereDocument) {
    return new RecordFilter(
        ids == null ? null : new LinkedHashSet<>(ids), WhereParser.parse(where, whereDocument));
  }
}
