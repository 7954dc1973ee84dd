package dev.siltstone.query.search;

import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a few records of each group. A group is made of the records with equal values under the
 * keys; those without a value are equal to each other.
 *
 * @param keys fields of the metadata, at least one
 * @param by what records of a group are sorted by, the first first: fields or the score
 * @param keep so many of each group stay
 */
public record Grouping(
    List<SearchKey.Field> keys, List<SearchKey> by, Direction direction, int keep) {
  /** Whether the smallest or the largest stay. */
  public enum Direction {
    MIN,
    MAX
  }

  public Grouping {
    keys = List.copyOf(keys);
    by = List.copyOf(by);
    if (keys.isEmpty() || by.isEmpty() || keep < 1) {
      throw new IllegalArgumentException("nothing to group or to keep by");
    }
  }

  /** A record as far as grouping looks at it. */
  public interface Scored {
    float score();
  }

  /**
   * The records that stay, in their order.
   *
   * @param records the best first
   */
  public <R extends Scored> List<R> thin(List<R> records, Function<R, Metadata> metadata) {
    Map<List<@Nullable MetadataValue>, List<Member<R>>> groups = new LinkedHashMap<>();
    for (int place = 0; place < records.size(); place++) {
      R record = records.get(place);
      Member<R> member = new Member<>(place, record, metadata.apply(record));
      groups.computeIfAbsent(member.values(keys), _ -> new ArrayList<>()).add(member);
    }
    return groups.values().stream()
        .flatMap(group -> group.stream().sorted(this::compare).limit(keep))
        .sorted(Comparator.comparingInt(Member::place))
        .map(Member::record)
        .toList();
  }

  private int compare(Member<?> left, Member<?> right) {
    for (SearchKey key : by) {
      int order =
          key instanceof SearchKey.Field(String name)
              ? ValueOrder.MISSING_FIRST.compare(left.metadata.get(name), right.metadata.get(name))
              : Float.compare(left.record.score(), right.record.score());
      if (order != 0) {
        return direction == Direction.MIN ? order : -order;
      }
    }
    return Integer.compare(left.place, right.place);
  }

  private record Member<R extends Scored>(int place, R record, Metadata metadata) {
    List<@Nullable MetadataValue> values(List<SearchKey.Field> keys) {
      List<@Nullable MetadataValue> values = new ArrayList<>();
      keys.forEach(key -> values.add(metadata.get(key.wireName())));
      return values;
    }
  }
}
