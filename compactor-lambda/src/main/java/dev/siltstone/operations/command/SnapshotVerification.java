package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.operations.Verification;
import dev.siltstone.operations.Verifier;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.operations.command.OperationCommand.Verify;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.snapshot.RetainedSnapshot;
import dev.siltstone.snapshot.SnapshotName;
import dev.siltstone.snapshot.SnapshotStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Verifies the snapshots that a command means. */
final class SnapshotVerification {
  private final Workplace place;
  private final WorkProgress progress;

  SnapshotVerification(Workplace place, WorkProgress progress) {
    this.place = place;
    this.progress = progress;
  }

  Answered of(Collection collection, Verify command) {
    return VerifyAnswer.of(
        collection, manifests(collection, command).stream().map(this::verify).toList());
  }

  private List<Manifest> manifests(Collection collection, Verify command) {
    SnapshotStore snapshots = place.snapshots();
    Manifest current =
        snapshots
            .current(collection.id())
            .orElseThrow(() ->
                new NotFoundException(
                    "collection %s has no snapshot yet".formatted(collection.name())))
            .manifest();
    if (command.snapshot() != null) {
      RetainedSnapshot meant = new SnapshotName(command.snapshot()).in(current);
      return List.of(snapshots.readManifest(meant.manifest()));
    }
    List<Manifest> manifests = new ArrayList<>(List.of(current));
    if (command.which() == Verify.Extent.ALL) {
      current.retained().forEach(older -> manifests.add(snapshots.readManifest(older.manifest())));
    }
    return manifests;
  }

  private Verification verify(Manifest manifest) {
    long bytes = manifest.segments().stream().mapToLong(entry -> entry.segment().bytes()).sum();
    try (WorkProgress.Step step =
        progress.begin("bytes of snapshot " + manifest.generation(), bytes)) {
      return new Verifier(place.objects(), place.scratch().newFolder())
          .verify(manifest, step::advance);
    } catch (IOException e) {
      throw new UnavailableException("cannot use the scratch folder", e);
    }
  }
}
