package dev.siltstone.local.operations;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.local.terminal.Progress;
import dev.siltstone.operations.Difference;
import dev.siltstone.operations.Verification;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.SegmentEntry;
import dev.siltstone.snapshot.SnapshotName;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Proves from the stored files that a snapshot is what its manifest says. */
@Command(
    name = "verify",
    description = {
      "Reads every byte of a snapshot and proves that it is what its manifest says: checksums of"
          + " files, indexes against rows, and the sum of all records.",
      "Exits with 1 if anything differs, and names it."
    },
    mixinStandardHelpOptions = true)
public final class VerifyCommand implements Callable<Integer> {
  @Mixin private StoreOptions options = new StoreOptions();
  @Mixin private CollectionOptions collections = new CollectionOptions();

  @Parameters(paramLabel = "COLLECTION", description = "Its name or id.")
  private String collection = "";

  @Option(
      names = "--snapshot",
      paramLabel = "SNAPSHOT",
      description = "A retained snapshot (the newest); see snapshots.")
  private @Nullable String snapshot;

  @Option(names = "--all", description = "The newest and all retained snapshots.")
  private boolean all;

  @Override
  public Integer call() {
    try (LocalStore store = options.open()) {
      Collection found = collections.find(store.catalog(), collection);
      Table verified =
          new Table("snapshots", "generation", "files", "bytes", "records", "content", "sound");
      Table differences = new Table("differences", "generation", "where", "what");
      for (Manifest manifest : manifests(store, found)) {
        add(verify(store, manifest), verified, differences);
      }
      boolean sound = differences.isEmpty();
      options.show(
          new Report()
              .fact("collection", Figure.text(found.name()))
              .fact("sound", Figure.flag(sound))
              .table(verified)
              .table(differences));
      return sound ? 0 : 1;
    }
  }

  private List<Manifest> manifests(LocalStore store, Collection found) {
    Manifest current =
        store
            .snapshots()
            .current(found.id())
            .orElseThrow(() ->
                new NotFoundException("collection %s has no snapshot yet".formatted(found.name())))
            .manifest();
    if (snapshot != null) {
      RetainedSnapshot meant = new SnapshotName(snapshot).in(current);
      return List.of(store.snapshots().readManifest(meant.manifest()));
    }
    List<Manifest> manifests = new ArrayList<>(List.of(current));
    if (all) {
      current
          .retained()
          .forEach(older -> manifests.add(store.snapshots().readManifest(older.manifest())));
    }
    return manifests;
  }

  private Verification verify(LocalStore store, Manifest manifest) {
    long bytes = manifest.segments().stream().mapToLong(VerifyCommand::bytes).sum();
    Progress progress = options.progress("bytes of snapshot " + manifest.generation(), bytes);
    try {
      return store.verify(manifest, progress::advance);
    } finally {
      progress.end();
    }
  }

  private static long bytes(SegmentEntry entry) {
    return entry.segment().bytes();
  }

  private static void add(Verification found, Table verified, Table differences) {
    Figure generation = Figure.count(found.manifest().generation().value());
    verified.row(
        generation,
        Figure.count(found.files()),
        Figure.bytes(found.bytes()),
        Figure.count(found.records()),
        Figure.text(found.manifest().content()),
        Figure.flag(found.isSound()));
    for (Difference difference : found.differences()) {
      differences.row(generation, Figure.text(difference.where()), Figure.text(difference.what()));
    }
  }
}
