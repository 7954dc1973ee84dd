package dev.siltstone.operations.command;

import dev.siltstone.collection.Collection;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.operations.PeerIndex;
import dev.siltstone.operations.RecallPlan;
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
import org.jspecify.annotations.Nullable;

/** Verifies the snapshots that a command means. */
final class SnapshotVerification {
  private final Workplace place;
  private final WorkProgress progress;

  SnapshotVerification(Workplace place, WorkProgress progress) {
    this.place = place;
    this.progress = progress;
  }

  Answered of(Collection collection, Verify command) {
    RecallPlan recall = recall(collection, command);
    return VerifyAnswer.of(
        collection,
        manifests(collection, command).stream().map(manifest -> verify(manifest, recall)).toList());
  }

  private @Nullable RecallPlan recall(Collection collection, Verify command) {
    Long seed = command.recallSeed();
    if (seed == null) {
      return null;
    }
    PeerIndex peer = place.peer();
    if (peer == null) {
      throw new InvalidRequestException("there is no second index here to compare with");
    }
    return new RecallPlan(peer, collection.hnsw(), seed);
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

  private Verification verify(Manifest manifest, @Nullable RecallPlan recall) {
    long bytes = manifest.segments().stream().mapToLong(entry -> entry.segment().bytes()).sum();
    try (WorkProgress.Step step =
        progress.begin("bytes of snapshot " + manifest.generation(), bytes)) {
      return new Verifier(place.objects(), place.scratch().newFolder())
          .verify(manifest, recall, step::advance);
    } catch (IOException e) {
      throw new UnavailableException("cannot use the scratch folder", e);
    }
  }
}
