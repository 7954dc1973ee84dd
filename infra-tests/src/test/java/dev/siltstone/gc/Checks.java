package dev.siltstone.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Collection;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of a store at any time, looked at from outside. */
public final class Checks {
  private Checks() {}

  /** Pointer, tip and retained snapshots name only what is there; a strong read sees all. */
  public static void wholeAndReadable(
      Services services, Actors actors, CollectionId collection, List<String> ids) {
    Set<ObjectKey> present =
        new HashSet<>(keys(services.store(), ObjectLayout.segmentPrefix(collection)));
    present.addAll(keys(services.store(), ObjectLayout.snapshotPrefix(collection)));
    Manifest current = actors.snapshots().current(collection).orElseThrow().manifest();
    assertThat(present).containsAll(files(current));
    for (RetainedSnapshot retained : current.retained()) {
      assertThat(present).containsAll(files(actors.snapshots().readManifest(retained.manifest())));
    }
    ObjectKey tip =
        Objects.requireNonNull(services.log().read(collection).orElseThrow().tip().manifest());
    assertThat(present).containsAll(files(actors.snapshots().readManifest(tip)));
    reads(services, actors, collection, ids);
  }

  /** A strong read sees exactly these records. */
  public static void reads(
      Services services, Actors actors, CollectionId collection, List<String> ids) {
    Collection known = services.catalog().collection(collection).orElseThrow();
    try (ReadView view = actors.views().open(SoonCollection.of(known), new Consistency.Strong())) {
      assertThat(view.records().liveRecords()).isEqualTo(ids.size());
      assertThat(ids).allMatch(id -> view.records().find(new RecordId(id)).isPresent());
    }
  }

  /** Everything that a version names, and itself. */
  public static List<ObjectKey> files(Manifest manifest) {
    List<ObjectKey> keys = new ArrayList<>();
    keys.add(manifest.key());
    for (SegmentEntry entry : manifest.segments()) {
      entry
          .segment()
          .files()
          .forEach(file -> keys.add(entry.segment().keyOf(manifest.collection(), file)));
      if (entry.deleted() != null) {
        keys.add(entry.deleted().key());
      }
    }
    return keys;
  }

  public static List<ObjectKey> keys(ObjectStore store, String prefix) {
    List<ObjectKey> keys = new ArrayList<>();
    @Nullable ObjectKey last = null;
    for (List<ListedObject> page = store.listAfter(prefix, last, 1000);
        !page.isEmpty();
        page = store.listAfter(prefix, last, 1000)) {
      page.forEach(object -> keys.add(object.key()));
      last = keys.getLast();
    }
    return keys;
  }
}
