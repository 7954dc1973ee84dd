package dev.siltstone.query.search;

import dev.siltstone.api.json.BodyReader;
import dev.siltstone.query.search.SearchKey.Field;
import dev.siltstone.where.FilterBreadth;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a {@code search}: several searches, answered in their order. Their conditions,
 * ids and operations are bounded together, so that many searches cannot ask for more than one.
 */
public final class SearchReader {
  /** Most searches of one request. */
  static final int MAX_SEARCHES = 100;

  private static final Set<String> READ_LEVELS =
      Set.of("index_and_wal", "index_only", "index_and_bounded_wal");

  /** Most keys that one search selects, groups by or keeps by. */
  static final int MAX_KEYS = 256;

  private final FilterBreadth breadth = new FilterBreadth();
  private final RankReader ranks = new RankReader();

  private SearchReader() {}

  /**
   * Reads a body. Unknown fields are ignored.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if it is not JSON, or a condition or an
   *     embedding breaks a rule
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape, 501 if it asks
   *     for sparse vectors
   */
  public static List<SearchPayload> read(byte[] body) {
    SearchTree root = BodyReader.read(body, in -> new SearchTree("search", in.tree()));
    SearchTree level = root.field("read_level");
    if (!level.isMissing() && !READ_LEVELS.contains(level.text())) {
      throw level.refusal("expected one of index_and_wal, index_only, index_and_bounded_wal");
    }
    List<SearchTree> searches = root.field("searches").list();
    if (searches.size() > MAX_SEARCHES) {
      throw root.refusal("more than %d searches in one request".formatted(MAX_SEARCHES));
    }
    SearchReader reader = new SearchReader();
    return searches.stream().map(reader::payload).toList();
  }

  private SearchPayload payload(SearchTree search) {
    SearchFilter filter = SearchFilter.read(search.field("filter"), breadth);
    RankExpression rank = rank(search.field("rank"));
    Grouping grouping = grouping(search.field("group_by"));
    if (grouping != null && rank == null) {
      throw search.refusal("group_by needs a rank");
    }
    SearchTree page = search.field("limit");
    boolean paged = !page.isMissing();
    SearchTree offset = paged ? page.field("offset") : page;
    SearchTree limit = paged ? page.field("limit") : page;
    return new SearchPayload(
        filter.ids(),
        filter.where(),
        rank,
        grouping,
        offset.isMissing() ? 0 : offset.size(0),
        limit.isMissing() ? null : (Integer) limit.size(0),
        select(search.field("select")));
  }

  private @Nullable RankExpression rank(SearchTree rank) {
    return rank.isMissing() || rank.object().isEmpty() ? null : ranks.read(rank);
  }

  private static List<SearchKey> select(SearchTree select) {
    return select.isMissing() || select.field("keys").isMissing()
        ? List.of()
        : keys(few(select, select.field("keys").list()));
  }

  private static List<SearchTree> few(SearchTree of, List<SearchTree> keys) {
    if (keys.size() > MAX_KEYS) {
      throw of.refusal("more than %d keys".formatted(MAX_KEYS));
    }
    return keys;
  }

  private static List<SearchKey> keys(List<SearchTree> names) {
    return names.stream().map(name -> SearchKey.of(name.text())).distinct().toList();
  }

  private static @Nullable Grouping grouping(SearchTree groupBy) {
    if (groupBy.isMissing() || groupBy.object().isEmpty()) {
      return null;
    }
    List<Field> keys = new ArrayList<>();
    for (SearchTree name : few(groupBy, groupBy.field("keys").nonEmptyList())) {
      if (!(SearchKey.of(name.text()) instanceof Field field)) {
        throw name.refusal("records are grouped by fields of their metadata");
      }
      keys.add(field);
    }
    SearchTree aggregate = groupBy.field("aggregate");
    SearchTree smallest = aggregate.field("$min_k");
    SearchTree largest = aggregate.field("$max_k");
    if (aggregate.object().size() != 1 || smallest.isMissing() == largest.isMissing()) {
      throw aggregate.refusal("expected either $min_k or $max_k");
    }
    return largest.isMissing()
        ? grouping(keys, Grouping.Direction.MIN, smallest)
        : grouping(keys, Grouping.Direction.MAX, largest);
  }

  private static Grouping grouping(
      List<Field> keys, Grouping.Direction direction, SearchTree aggregate) {
    List<SearchTree> names = few(aggregate, aggregate.field("keys").nonEmptyList());
    for (SearchTree name : names) {
      if (SearchKey.of(name.text()) instanceof SearchKey.Part part
          && part != SearchKey.Part.SCORE) {
        throw name.refusal("expected a field of the metadata or #score");
      }
    }
    return new Grouping(keys, keys(names), direction, aggregate.field("k").size(1));
  }
}
