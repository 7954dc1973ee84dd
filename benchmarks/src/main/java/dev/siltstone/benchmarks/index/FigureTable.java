package dev.siltstone.benchmarks.index;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The figures as a Markdown table, a row for each peer. The first peer is the yardstick: behind
 * each figure of the others stands, in parentheses, the first one's figure over theirs.
 */
final class FigureTable {
  static final String OPEN = "open, ms";
  static final String FIRST_ANSWER = "first answer, ms";

  private final List<String> columns = new ArrayList<>();

  FigureTable(List<Integer> threads, List<Double> recalls) {
    for (int count : threads) {
      columns.add(buildCpu(count));
      columns.add(buildTime(count));
    }
    for (double recall : recalls) {
      columns.add(ef(recall));
      columns.add(recall(recall));
      columns.add(queries(recall));
    }
    columns.add(OPEN);
    columns.add(FIRST_ANSWER);
  }

  static String buildCpu(int threads) {
    return "build, " + threads + " threads, CPU-s";
  }

  static String buildTime(int threads) {
    return "build, " + threads + " threads, s";
  }

  static String ef(double recall) {
    return "ef for recall " + recall;
  }

  static String recall(double target) {
    return "recall there, at least " + target;
  }

  static String queries(double recall) {
    return "queries/CPU-s at " + recall;
  }

  String render(List<PeerFigures> peers) {
    StringBuilder text = new StringBuilder("| |");
    peers.forEach(peer -> text.append(' ').append(peer.name()).append(" |"));
    text.append("\n|---|").append("---|".repeat(peers.size())).append('\n');
    for (String column : columns) {
      text.append("| ").append(column).append(" |");
      double yardstick = peers.getFirst().median(column);
      for (PeerFigures peer : peers) {
        double figure = peer.median(column);
        boolean first = peer == peers.getFirst();
        text.append(' ').append(number(figure));
        text.append(first ? "" : " (%s)".formatted(number(yardstick / figure))).append(" |");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.3f" : value < 100 ? "%.1f" : "%.0f", value);
  }
}
