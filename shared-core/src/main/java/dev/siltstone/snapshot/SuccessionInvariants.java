package dev.siltstone.snapshot;

import static dev.siltstone.snapshot.ManifestInvariants.notAbove;
import static dev.siltstone.snapshot.ManifestInvariants.require;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.Generation;
import dev.siltstone.log.VectorShape;
import dev.siltstone.storage.ObjectKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What holds between a version and the one that it is to replace, by name. */
final class SuccessionInvariants {
  private SuccessionInvariants() {}

  /**
   * Checks a manifest as the successor of another; both hold by themselves.
   *
   * @param parent null for the first
   * @throws CorruptDataException naming the invariant that is broken
   */
  static void check(@Nullable Manifest parent, Manifest next) {
    Generation before = parent == null ? Generation.ZERO : parent.generation();
    require(next, "generation is the parent's and one", next.generation().equals(before.next()));
    if (parent == null) {
      require(next, "the first version retains nothing", next.retained().isEmpty());
      return;
    }
    require(next, "the collection is the parent's", next.collection().equals(parent.collection()));
    require(next, "the space is the parent's", next.space() == parent.space());
    require(next, "a shape, once known, stays", shapeStays(parent.shape(), next.shape()));
    require(next, "ancestry continues the parent's", ancestryContinues(parent, next));
    require(next, "the epoch does not fall", notAbove(parent.epoch(), next.epoch()));
    require(
        next, "the folded sequence does not fall", parent.folded().compareTo(next.folded()) <= 0);
    require(next, "records change only by folding", changesOnlyByFolding(parent, next));
    require(next, "only the parent and its retained are retained", retainsOnlyKnown(parent, next));
    require(next, "what leaves the retained is retired", retiresWhatLeaves(parent, next));
    require(next, "a pin holds until its rollback is settled", pinsHold(parent, next));
    require(next, "rollbacks continue the parent's", rollbacksContinue(parent, next));
  }

  /** The dimension is fixed; a function may become known later, and then stays too. */
  private static boolean shapeStays(@Nullable VectorShape before, @Nullable VectorShape after) {
    if (before == null) {
      return true;
    }
    return after != null
        && after.dimension() == before.dimension()
        && (before.embeddingFunction() == null
            || before.embeddingFunction().equals(after.embeddingFunction()));
  }

  private static boolean ancestryContinues(Manifest parent, Manifest next) {
    List<Ancestor> expected =
        Stream.concat(
                Stream.of(new Ancestor(parent.generation(), parent.commit())),
                parent.ancestry().stream())
            .limit(Manifest.MAX_ANCESTRY)
            .toList();
    return next.ancestry().equals(expected);
  }

  private static boolean changesOnlyByFolding(Manifest parent, Manifest next) {
    return !next.folded().equals(parent.folded())
        || next.content().equals(parent.content()) && next.liveRecords() == parent.liveRecords();
  }

  private static boolean retainsOnlyKnown(Manifest parent, Manifest next) {
    Set<ObjectKey> known = retainable(parent);
    return next.retained().stream().allMatch(kept -> known.contains(kept.manifest()));
  }

  private static boolean retiresWhatLeaves(Manifest parent, Manifest next) {
    Set<ObjectKey> leaving = retainable(parent);
    next.retained().forEach(kept -> leaving.remove(kept.manifest()));
    next.retired().forEach(retired -> leaving.remove(retired.key()));
    return leaving.isEmpty();
  }

  private static boolean pinsHold(Manifest parent, Manifest next) {
    List<Pin> lost = new ArrayList<>(parent.pins());
    next.pins().forEach(lost::remove);
    lost.removeIf(pin -> next.folded().compareTo(pin.through()) >= 0);
    return lost.isEmpty() || (lost.size() == 1 && usesUp(lost.getFirst(), parent, next));
  }

  private static boolean usesUp(Pin pin, Manifest parent, Manifest next) {
    return newRollback(parent, next)
        .filter(rollback -> rollback.target().equals(pin.generation()))
        .isPresent();
  }

  private static Optional<RolledBack> newRollback(Manifest parent, Manifest next) {
    return next.rollbacks().stream()
        .findFirst()
        .filter(rollback -> rollback.sequence().compareTo(parent.folded()) > 0);
  }

  private static boolean rollbacksContinue(Manifest parent, Manifest next) {
    List<RolledBack> expected =
        Stream.concat(newRollback(parent, next).stream(), parent.rollbacks().stream())
            .limit(Manifest.MAX_ROLLBACKS)
            .toList();
    return next.rollbacks().equals(expected);
  }

  private static Set<ObjectKey> retainable(Manifest parent) {
    Set<ObjectKey> keys = new HashSet<>();
    keys.add(parent.key());
    parent.retained().forEach(kept -> keys.add(kept.manifest()));
    return keys;
  }
}
