package dev.siltstone.benchmarks.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was measured of one peer; each figure is the median of its rounds. */
final class PeerFigures {
  private final String name;
  private final Map<String, List<Double>> samples = new TreeMap<>();

  PeerFigures(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  void add(String figure, double sample) {
    samples.computeIfAbsent(figure, _ -> new ArrayList<>()).add(sample);
  }

  /** NaN if it was not measured. */
  double median(String figure) {
    double[] sorted =
        samples.getOrDefault(figure, List.of()).stream()
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return sorted.length == 0
        ? Double.NaN
        : Arrays.stream(sorted, (sorted.length - 1) / 2, sorted.length / 2 + 1)
            .average()
            .orElseThrow();
  }
}
