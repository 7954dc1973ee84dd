package dev.siltstone.query;

import dev.siltstone.api.json.IncludeList;
import dev.siltstone.api.json.IncludeList.Include;
import dev.siltstone.api.json.RecordRow;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.SegmentReader;
import dev.siltstone.tail.RecordPlace;
import dev.siltstone.tail.TailView;

/** Reads the fields of an answer: only for the records in it, and only what it includes. */
final class Hydration {
  private final TailView view;
  private final IncludeList include;

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
              in.address().row(),
              distance);
    };
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

  private RecordRow row(SegmentReader segment, int row, float distance) {
    return new RecordRow(
        segment.id(row),
        include.has(Include.EMBEDDINGS) ? segment.embedding(row) : null,
        include.has(Include.DOCUMENTS) ? segment.document(row) : null,
        include.has(Include.URIS) ? segment.uri(row) : null,
        include.has(Include.METADATAS) ? segment.metadata(row) : Metadata.NONE,
        distance);
  }
}
