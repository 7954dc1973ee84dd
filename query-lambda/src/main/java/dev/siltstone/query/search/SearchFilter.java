package dev.siltstone.query.search;

import dev.siltstone.record.RecordId;
import dev.siltstone.where.FilterBreadth;
import dev.siltstone.where.Where;
import dev.siltstone.where.WhereParser;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code filter}: either {@code {"query_ids": …, "where_clause": …}} or, as clients send
 * it, the condition itself. There {@code "#id"} may stand, alone or under {@code $and}, with {@code
 * $in} or {@code $eq}.
 *
 * @param ids the only ids allowed, or null for any
 */
record SearchFilter(@Nullable Set<RecordId> ids, Where where) {
  private static final Set<String> PARTS = Set.of("query_ids", "where_clause");
  private static final String ID = "#id";
  private static final String AND = "$and";

  static SearchFilter read(SearchTree tree, FilterBreadth breadth) {
    if (tree.isMissing() || tree.object().isEmpty()) {
      return new SearchFilter(null, Where.And.EVERY_RECORD);
    }
    if (!PARTS.containsAll(tree.object().keySet())) {
      return condition(tree, breadth);
    }
    SearchTree ids = tree.field("query_ids");
    SearchTree where = tree.field("where_clause");
    SearchFilter filter =
        where.isMissing()
            ? new SearchFilter(null, Where.And.EVERY_RECORD)
            : condition(where, breadth);
    return ids.isMissing() ? filter : filter.among(ids(ids, breadth));
  }

  private static SearchFilter condition(SearchTree tree, FilterBreadth breadth) {
    Map<?, ?> object = tree.object();
    if (object.size() == 1 && object.containsKey(ID)) {
      return new SearchFilter(oneOf(tree.field(ID), breadth), Where.And.EVERY_RECORD);
    }
    if (object.size() != 1 || !(object.get(AND) instanceof List<?>)) {
      return new SearchFilter(null, WhereParser.parseWithin(breadth, tree.value()));
    }
    List<@Nullable Object> others = new ArrayList<>();
    SearchFilter filter = new SearchFilter(null, Where.And.EVERY_RECORD);
    for (SearchTree child : tree.field(AND).list()) {
      if (child.value() instanceof Map<?, ?> only && only.size() == 1 && only.containsKey(ID)) {
        filter = filter.among(oneOf(child.field(ID), breadth));
      } else {
        others.add(child.value());
      }
    }
    return new SearchFilter(filter.ids, WhereParser.parseWithin(breadth, Map.of(AND, others)));
  }

  private SearchFilter among(Set<RecordId> allowed) {
    Set<RecordId> both = new LinkedHashSet<>(allowed);
    if (ids != null) {
      both.retainAll(ids);
    }
    return new SearchFilter(both, where);
  }

  private static Set<RecordId> oneOf(SearchTree operand, FilterBreadth breadth) {
    if (operand.value() instanceof String) {
      return ids(List.of(operand), breadth);
    }
    Map<?, ?> operator = operand.object();
    if (operator.size() == 1 && operator.containsKey("$eq")) {
      return ids(List.of(operand.field("$eq")), breadth);
    }
    if (operator.size() == 1 && operator.containsKey("$in")) {
      return ids(operand.field("$in"), breadth);
    }
    throw operand.refusal("#id takes $in or $eq");
  }

  private static Set<RecordId> ids(SearchTree list, FilterBreadth breadth) {
    return ids(list.list(), breadth);
  }

  /** An id that no record can have is left out. */
  private static Set<RecordId> ids(List<SearchTree> texts, FilterBreadth breadth) {
    breadth.countIds(texts.size());
    Set<RecordId> ids = new LinkedHashSet<>();
    for (SearchTree text : texts) {
      String id = text.text();
      if (!id.isEmpty() && id.length() <= RecordId.MAX_LENGTH) {
        ids.add(new RecordId(id));
      }
    }
    return ids;
  }
}
