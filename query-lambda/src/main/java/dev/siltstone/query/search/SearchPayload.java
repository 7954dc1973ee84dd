package dev.siltstone.query.search;

import dev.siltstone.record.RecordId;
import dev.siltstone.where.Where;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search of a request.
 *
 * @param ids the only records considered, or null for all
 * @param where what they satisfy
 * @param rank how they are scored; null: in order of insertion, without scores
 * @param grouping which of them stay; null: all
 * @param offset so many of the best are left out
 * @param limit so many are answered after those; null: all
 * @param select what is answered of each record beside its id
 */
public record SearchPayload(
    @Nullable Set<RecordId> ids,
    Where where,
    @Nullable RankExpression rank,
    @Nullable Grouping grouping,
    long offset,
    @Nullable Integer limit,
    List<SearchKey> select) {
  public SearchPayload {
    select = List.copyOf(select);
  }

  /** Whether a part is answered. */
  public boolean selects(SearchKey key) {
    return select.contains(key);
  }

  /** The single fields of the metadata that are answered. */
  public List<String> fields() {
    return select.stream()
        .filter(SearchKey.Field.class::isInstance)
        .map(SearchKey::wireName)
        .toList();
  }

  /** Whether anything of the metadata is answered. */
  public boolean selectsMetadata() {
    return selects(SearchKey.Part.METADATA) || !fields().isEmpty();
  }
}
