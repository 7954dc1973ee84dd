package dev.siltstone.api.json;

import java.util.List;

/**
 * What one search of a request found.
 *
 * @param rows the best first; {@link RecordRow#distance} is the score, NaN where there is none
 * @param columns which columns are answered beside the ids
 * @param select what the request selects, in its own words
 */
public record SearchAnswer(List<RecordRow> rows, List<Column> columns, List<String> select) {
  /** A column of the answer. */
  public enum Column {
    DOCUMENTS,
    EMBEDDINGS,
    METADATAS,
    SCORES
  }

  public SearchAnswer {
    rows = List.copyOf(rows);
    columns = List.copyOf(columns);
    select = List.copyOf(select);
  }
}
