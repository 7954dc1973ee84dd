package dev.siltstone.query;

import dev.siltstone.api.json.IncludeList;
import dev.siltstone.api.json.IncludeList.Include;
import dev.siltstone.api.json.RecordRow;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.segment.rows.RowCursor;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailView;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the fields of an answer: only for the records in it, and only what it includes; a block
 * that holds several of them, or several fields of one, once. Belongs to one request.
 */
final class Hydration {
  private final TailView view;
  private final IncludeList include;
  private final Map<Integer, RowCursor> cursors = new HashMap<>();

  Hydration(TailView view, IncludeList include) {
    this.view = view;
    this.include = include;
  }

  RecordRow row(RecordPlace place, float distance) {
    return switch (place) {
      case RecordPlace.InTail in -> row(in.row().record(), distance);
      case RecordPlace.InSnapshot in ->
          row(
              view.base().segments().get(in.address().segment()).reader(),
              cursors.computeIfAbsent(in.address().segment(), this::cursor),
              in.address().row(),
              distance);
    };
  }

  private RowCursor cursor(int segment) {
    return view.base().segments().get(segment).reader().cursor();
  }

  private static RecordRow row(StoredRecord record, float distance) {
    return new RecordRow(
        record.id(),
        record.embedding(),
        record.document(),
        record.uri(),
        record.metadata(),
        distance);
  }

  /** A vector has no checksum but that of its record, which is then read whole. */
  private RecordRow row(SegmentReader segment, RowCursor fields, int row, float distance) {
    if (include.has(Include.EMBEDDINGS)) {
      return row(segment.record(row, fields), distance);
    }
    return new RecordRow(
        segment.id(row),
        null,
        include.has(Include.DOCUMENTS) ? fields.document(row) : null,
        include.has(Include.URIS) ? fields.uri(row) : null,
        include.has(Include.METADATAS) ? fields.metadata(row) : Metadata.NONE,
        distance);
  }
}
