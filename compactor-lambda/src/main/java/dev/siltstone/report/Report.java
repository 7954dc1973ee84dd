package dev.siltstone.report;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a command answers: named facts, then tables. For people the facts are aligned lines; in JSON
 * everything is a field of one object.
 */
public final class Report {
  private final Map<String, Figure> facts = new LinkedHashMap<>();
  private final List<Table> tables = new ArrayList<>();

  /** Adds a fact under the name of its JSON field, such as {@code folded_sequence}. */
  public Report fact(String name, Figure figure) {
    facts.put(name, figure);
    return this;
  }

  public Report table(Table table) {
    tables.add(table);
    return this;
  }

  /** Prints it as it was asked for. */
  public void print(PrintWriter out, boolean asJson) {
    if (asJson) {
      out.println(json());
    } else {
      lines().forEach(out::println);
    }
    out.flush();
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    int width = facts.keySet().stream().mapToInt(String::length).max().orElse(0);
    facts.forEach((name, figure) ->
        lines.add(Table.words(name) + " ".repeat(width - name.length() + 2) + figure.shown()));
    for (Table table : tables) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.addAll(table.lines());
    }
    return lines;
  }

  /** One indented JSON object. */
  public String json() {
    byte[] json =
        Json.bytes(out -> {
          out.setPrettyPrinter(new DefaultPrettyPrinter());
          write(out);
        });
    return new String(json, StandardCharsets.UTF_8);
  }

  /** Writes the same object to a generator of the caller's. */
  public void write(JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<String, Figure> fact : facts.entrySet()) {
      out.writeFieldName(fact.getKey());
      fact.getValue().write(out);
    }
    for (Table table : tables) {
      out.writeFieldName(table.name());
      table.write(out);
    }
    out.writeEndObject();
  }
}
