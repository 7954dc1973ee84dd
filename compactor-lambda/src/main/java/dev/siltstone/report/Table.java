package dev.siltstone.report;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Rows under named columns. Names are those of the JSON fields, such as {@code folded_sequence};
 * people see {@code FOLDED SEQUENCE}. In JSON it is an array of objects.
 */
public final class Table {
  private static final String GAP = "  ";

  private final String name;
  private final List<String> columns;
  private final List<List<Figure>> rows = new ArrayList<>();

  public Table(String name, String... columns) {
    this.name = name;
    this.columns = List.of(columns);
  }

  /** Adds a row: one figure for each column, in their order. */
  public Table row(Figure... figures) {
    if (figures.length != columns.size()) {
      throw new IllegalArgumentException(
          "table %s has %d columns, not %d".formatted(name, columns.size(), figures.length));
    }
    rows.add(List.of(figures));
    return this;
  }

  String name() {
    return name;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  List<String> lines() {
    if (rows.isEmpty()) {
      return List.of("no " + words(name));
    }
    List<String> lines = new ArrayList<>();
    lines.add(
        line(columns.stream().map(column -> words(column).toUpperCase(Locale.ROOT)).toList()));
    rows.forEach(row -> lines.add(line(row.stream().map(Figure::shown).toList())));
    return lines;
  }

  void write(JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (List<Figure> row : rows) {
      out.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        out.writeFieldName(columns.get(i));
        row.get(i).write(out);
      }
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  /** The name of a JSON field as words. */
  static String words(String name) {
    return name.replace('_', ' ');
  }

  private String line(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(width(i) - cell.length());
      boolean right = rows.stream().map(rowAt(i)).anyMatch(Figure::isNumber);
      line.append(i == 0 ? "" : GAP).append(right ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  private int width(int column) {
    return rows.stream()
        .map(rowAt(column))
        .mapToInt(figure -> figure.shown().length())
        .reduce(columns.get(column).length(), Math::max);
  }

  private static Function<List<Figure>, Figure> rowAt(int column) {
    return row -> row.get(column);
  }
}
