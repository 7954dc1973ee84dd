package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.report.Figure;
import dev.siltstone.report.Report;
import dev.siltstone.report.Table;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.Published;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.RetiredObject;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.snapshot.SnapshotStore;
import java.util.Optional;

/** The versions of a collection that can be read, and those that wait to be collected. */
final class SnapshotsAnswer {
  private SnapshotsAnswer() {}

  static Report of(Collection collection, SnapshotStore store) {
    Report report =
        new Report()
            .fact("collection", Figure.text(collection.name()))
            .fact("id", Figure.text(collection.id()));
    Table snapshots =
        new Table(
            "snapshots",
            "generation",
            "state",
            "created_at",
            "folded_sequence",
            "records",
            "segments",
            "bytes");
    Table retired = new Table("retired", "manifest", "retired_at");
    Optional<Published> current = store.current(collection.id());
    if (current.isPresent()) {
      Manifest manifest = current.get().manifest();
      add(snapshots, manifest, "current");
      manifest.retained().forEach(older -> add(snapshots, store, older));
      for (RetiredObject object : manifest.retired()) {
        retired.row(Figure.text(object.key()), Figure.moment(object.at()));
      }
    }
    return report.table(snapshots).table(retired);
  }

  private static void add(Table table, Manifest manifest, String state) {
    table.row(
        Figure.count(manifest.generation().value()),
        Figure.text(state),
        Figure.moment(manifest.createdAt()),
        Figure.count(manifest.folded().value()),
        Figure.count(manifest.liveRecords()),
        Figure.count(manifest.segments().size()),
        Figure.bytes(bytes(manifest)));
  }

  /** A snapshot may leave the retained ones and be collected while it is looked at. */
  private static void add(Table table, SnapshotStore store, RetainedSnapshot older) {
    try {
      add(table, store.readManifest(older.manifest()), "retained");
    } catch (NotFoundException _) {
      table.row(
          Figure.count(older.generation().value()),
          Figure.text("gone"),
          Figure.moment(older.createdAt()),
          Figure.count(older.folded().value()),
          Figure.none(),
          Figure.none(),
          Figure.none());
    }
  }

  /** Of everything it names; snapshots share most of it. */
  private static long bytes(Manifest manifest) {
    long bytes = 0;
    for (SegmentEntry entry : manifest.segments()) {
      bytes += entry.segment().bytes() + (entry.deleted() == null ? 0 : entry.deleted().bytes());
    }
    return bytes;
  }
}
