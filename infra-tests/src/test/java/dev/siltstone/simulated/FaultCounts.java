package dev.siltstone.simulated;

import java.util.Map;
import java.util.TreeMap;

/** How many faults of which kind were injected, and what else happened how often. */
final class FaultCounts {
  static final String NEWER_FORMAT = "delta of a newer format";

  private final TreeMap<String, Long> counts = new TreeMap<>();

  void add(String kind) {
    add(kind, 1);
  }

  synchronized void add(String kind, long more) {
    counts.merge(kind, more, Long::sum);
  }

  /** Whether a delta of a newer format was written. */
  synchronized boolean newerFormats() {
    return counts.containsKey(NEWER_FORMAT);
  }

  synchronized void addAll(FaultCounts other) {
    other.asMap().forEach(this::add);
  }

  synchronized Map<String, Long> asMap() {
    return new TreeMap<>(counts);
  }

  @Override
  public String toString() {
    return asMap().toString();
  }
}
