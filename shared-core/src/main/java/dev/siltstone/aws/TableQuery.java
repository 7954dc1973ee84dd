package dev.siltstone.aws;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Which items of a partition to read, in the order of the sort key.
 *
 * @param pk the partition
 * @param keyCondition over {@code #pk}, {@code #sk} and values
 * @param filter drops items after they were read (and paid for); null for none
 * @param keysOnly whether only the keys come back
 */
public record TableQuery(
    String pk,
    String keyCondition,
    @Nullable String filter,
    Map<String, AttributeValue> values,
    boolean keysOnly) {
  public TableQuery {
    values = Map.copyOf(values);
  }

  /** The whole partition. */
  public static TableQuery of(String pk) {
    return new TableQuery(pk, "#pk = :pk", null, Map.of(":pk", AttributeValue.fromS(pk)), false);
  }

  /** What is above a place. */
  public static TableQuery after(String pk, BigInteger place) {
    return of(pk).limited("#sk > :place", place);
  }

  /** What is at or below a place. */
  public static TableQuery upTo(String pk, BigInteger place) {
    return of(pk).limited("#sk <= :place", place);
  }

  /** Of these only items whose attribute has one of two values. */
  public TableQuery whereEither(String attribute, String first, String second) {
    Map<String, AttributeValue> more = new HashMap<>(values);
    more.put(":first", AttributeValue.fromS(first));
    more.put(":second", AttributeValue.fromS(second));
    return new TableQuery(
        pk, keyCondition, "#" + attribute + " IN (:first, :second)", more, keysOnly);
  }

  /** Of these only the keys. */
  public TableQuery keys() {
    return new TableQuery(pk, keyCondition, filter, values, true);
  }

  private TableQuery limited(String bound, BigInteger place) {
    Map<String, AttributeValue> more = new HashMap<>(values);
    more.put(":place", AttributeValue.fromN(place.toString()));
    return new TableQuery(pk, keyCondition + " AND " + bound, filter, more, keysOnly);
  }
}
