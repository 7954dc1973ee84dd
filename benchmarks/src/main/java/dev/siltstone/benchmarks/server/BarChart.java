package dev.siltstone.benchmarks.server;

import java.util.List;
import java.util.Locale;

/** Horizontal bars as SVG, one a figure, each with its value. */
final class BarChart {
  private static final int LINE = 22;
  private static final int LABELS = 300;
  private static final int BARS = 420;
  private static final int VALUES = 130;

  private BarChart() {}

  static String svg(String title, List<Figures.Figure> figures) {
    int width = LABELS + BARS + VALUES;
    int height = LINE * (figures.size() + 2);
    double most = figures.stream().mapToDouble(Figures.Figure::value).max().orElse(1);
    StringBuilder svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="8" y="18" font-weight="bold">%s</text>
        """
            .formatted(width, height, title));
    int top = LINE + LINE / 2;
    for (Figures.Figure figure : figures) {
      double length = Math.max(1, BARS * figure.value() / Math.max(most, 1e-9));
      svg.append(
          String.format(
              Locale.ROOT,
              """
              <text x="%d" y="%d" text-anchor="end">%s</text>
              <rect x="%d" y="%d" width="%.1f" height="%d" fill="#4477aa"/>
              <text x="%.1f" y="%d">%s %s</text>
              """,
              LABELS - 8,
              top + LINE - 7,
              figure.name().replace("&", "&amp;"),
              LABELS,
              top + 3,
              length,
              LINE - 6,
              LABELS + length + 5,
              top + LINE - 7,
              Figures.number(figure.value()),
              figure.unit()));
      top += LINE;
    }
    return svg.append("</svg>\n").toString();
  }
}
