package dev.siltstone.local.cost;

import java.util.Map;
import java.util.TreeMap;

/** Calls of AWS services by service and operation, such as {@code S3.GetObject}. */
public record Calls(Map<String, Double> byName) {
  static final Calls NONE = new Calls(Map.of());

  public Calls {
    byName = Map.copyOf(byName);
  }

  static Calls of(String name, double count) {
    return NONE.and(name, count);
  }

  Calls and(String name, double count) {
    return count == 0 ? this : plus(new Calls(Map.of(name, count)));
  }

  /** These calls and those. */
  public Calls plus(Calls other) {
    Map<String, Double> sum = new TreeMap<>(byName);
    other.byName.forEach((name, count) -> sum.merge(name, count, Double::sum));
    return new Calls(sum);
  }

  Calls times(double factor) {
    Map<String, Double> product = new TreeMap<>();
    byName.forEach((name, count) -> product.put(name, count * factor));
    return new Calls(product);
  }

  double count(String name) {
    return byName.getOrDefault(name, 0.0);
  }
}
