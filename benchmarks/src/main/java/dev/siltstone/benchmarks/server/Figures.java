package dev.siltstone.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What was measured, in the order in which it was. Each figure is printed when it comes. */
final class Figures {
  /** One figure; the group says which plot it belongs to. */
  record Figure(String group, String name, String unit, double value) {}

  private final List<Figure> all = new ArrayList<>();

  void add(String group, String name, String unit, double value) {
    all.add(new Figure(group, name, unit, value));
    System.out.printf(Locale.ROOT, "%-46s %12.3f %s%n", name, value, unit);
  }

  void add(String name, Latencies latencies) {
    add("latency", name + " p50", "ms", latencies.millis(0.50));
    add("latency", name + " p95", "ms", latencies.millis(0.95));
    add("latency", name + " p99", "ms", latencies.millis(0.99));
  }

  String markdown() {
    return "| figure | value | unit |\n|---|---|---|\n"
        + all.stream()
            .map(one -> "| %s | %s | %s |\n".formatted(one.name(), number(one.value()), one.unit()))
            .collect(Collectors.joining());
  }

  /** Writes {@code figures.csv}, {@code figures.md} and a plot of each group. */
  void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("figures.md"), markdown());
    Files.writeString(
        folder.resolve("figures.csv"),
        all.stream()
            .map(one ->
                "%s,%s,%s,%s\n"
                    .formatted(one.group(), one.name().replace(',', ';'), one.unit(), one.value()))
            .collect(Collectors.joining("", "group,figure,unit,value\n", "")));
    for (String group : all.stream().map(Figure::group).distinct().toList()) {
      List<Figure> bars = all.stream().filter(one -> one.group().equals(group)).toList();
      Files.writeString(folder.resolve(group + ".svg"), BarChart.svg(group, bars));
    }
  }

  static String number(double value) {
    return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : "%.3f", value);
  }
}
