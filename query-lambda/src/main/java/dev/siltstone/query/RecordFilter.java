package dev.siltstone.query;

import dev.siltstone.record.RecordId;
import dev.siltstone.where.FilterBreadth;
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
   * @throws dev.siltstone.failure.InvalidRequestException if one breaks a rule, or there are too
   *     many ids or conditions
   */
  static RecordFilter of(
      @Nullable List<RecordId> ids, @Nullable Object where, @Nullable Object whereDocument) {
    new FilterBreadth().countIds(ids == null ? 0 : ids.size());
    return new RecordFilter(
        ids == null ? null : new LinkedHashSet<>(ids), WhereParser.parse(where, whereDocument));
  }
}
