package dev.siltstone.snapshot;

import static dev.siltstone.snapshot.Versions.commit;
import static dev.siltstone.snapshot.Versions.deleted;
import static dev.siltstone.snapshot.Versions.segment;
import static dev.siltstone.snapshot.Versions.shown;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.collection.Space;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.VectorShape;
import dev.siltstone.record.ContentChecksum;
import dev.siltstone.segment.SegmentDescriptor;
import dev.siltstone.storage.ObjectKey;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ManifestInvariantsTest {
  private static final Manifest FIRST = Versions.first(1, 3);
  private static final Manifest SECOND = Versions.after(FIRST, 2, 3);
  private static final Manifest THIRD = Versions.after(SECOND, 3, 5);

  @Test
  void holdAlongAChainOfVersionsLongerThanItsMemory() {
    Manifest parent = null;
    Manifest next = FIRST;
    for (long commit = 2; commit < 100; commit++) {
      Manifest before = parent;
      Manifest after = next;
      assertThatCode(
              () -> {
                ManifestInvariants.check(after);
                SuccessionInvariants.check(before, after);
              })
          .doesNotThrowAnyException();
      parent = next;
      next = Versions.after(next, commit, 3 + commit / 10);
    }
  }

  @Test
  void nameWhatIsWrongWithTheHistory() {
    broken("generation is at least 1", d -> d.generation = Generation.ZERO);
    broken("newest first and without gaps", d -> d.ancestry = d.ancestry.reversed());
    broken("complete up to its bound", d -> d.ancestry = d.ancestry.subList(0, 1));
    broken("complete up to its bound", d -> d.ancestry = List.of());
    broken("commits are distinct", d -> d.commit = commit(1));
    broken("newest first and without gaps", d -> d.foldedRanges = List.of());
    broken("newest first and without gaps", d -> d.foldedRanges = d.foldedRanges.reversed());
    broken("newest first and without gaps", d -> d.folded = d.folded.next());
    broken("retained snapshots are older", d -> d.retained = d.retained.reversed());
    broken(
        "retained snapshots are older",
        d ->
            d.retained =
                List.of(new RetainedSnapshot(d.generation, FIRST.key(), d.folded, Versions.AT)));
  }

  @Test
  void nameWhatIsWrongWithPinsAndRollbacks() {
    Sequence later = new Sequence(99);
    broken(
        "pinned snapshots are retained", d -> d.pins = List.of(new Pin(new Generation(7), later)));
    broken("rollbacks are folded", d -> d.rollbacks = List.of(rollback(99, 1)));
    broken("rollbacks are folded", d -> d.rollbacks = List.of(rollback(5, 1), rollback(5, 1)));
    broken("rollbacks are folded", d -> d.rollbacks = List.of(rollback(5, 3)));
  }

  @Test
  void keepAPinUntilItsLastPlaceIsFoldedOrItsRollbackIs() {
    Pin pin = new Pin(FIRST.generation(), THIRD.folded().next());
    Manifest pinned = changed(SECOND, d -> d.pins = List.of(pin));
    Manifest without = Versions.after(SECOND, 3, 5);
    assertThatThrownBy(() -> SuccessionInvariants.check(pinned, without))
        .hasMessageContaining("a pin holds until its rollback is settled");
    Manifest rolledBack = changed(without, d -> d.rollbacks = List.of(rollback(6, 1)));
    SuccessionInvariants.check(pinned, rolledBack);
    Manifest passed = changed(SECOND, d -> d.pins = List.of(new Pin(pin.generation(), d.folded)));
    SuccessionInvariants.check(passed, without);
  }

  @Test
  void forgetNoRollback() {
    Manifest rolledBack = changed(SECOND, d -> d.rollbacks = List.of(rollback(5, 1)));
    assertThatThrownBy(() -> SuccessionInvariants.check(rolledBack, THIRD))
        .hasMessageContaining("rollbacks continue the parent's");
  }

  private static RolledBack rollback(long sequence, long target) {
    return new RolledBack(
        new Sequence(sequence), new Generation(target), new Sequence(4), new Generation(2));
  }

  private static Manifest changed(Manifest manifest, Consumer<ManifestDraft> change) {
    ManifestDraft draft = new ManifestDraft(manifest);
    change.accept(draft);
    return draft.manifest();
  }

  @Test
  void nameWhatIsWrongWithTheSegments() {
    broken("distinct ids", d -> d.segments = twice(d.segments));
    broken("the collection's shape", d -> d.shape = null);
    broken("the collection's shape", d -> d.shape = new VectorShape(4, null));
    broken("the collection's shape", d -> d.space = Space.L2);
    broken("written by a later epoch", d -> d.epoch = new Epoch(4));
    broken("add up to live records", d -> d.liveRecords++);
    broken("content exactly if", d -> d.content = ContentChecksum.EMPTY);
    broken(
        "content exactly if",
        d -> {
          d.segments = List.of();
          d.liveRecords = 0;
        });
    broken(
        "every segment shows a row",
        d -> {
          SegmentDescriptor all = segment(9, 1, 2, 1, 2);
          d.segments = List.of(new SegmentEntry(all, deleted(d, all, 2)));
          d.liveRecords = 0;
        });
    broken(
        "deleted rows are some",
        d -> {
          SegmentDescriptor one = segment(9, 1, 2, 1, 2);
          d.segments = List.of(new SegmentEntry(one, deleted(d, one, 0)));
          d.liveRecords = 2;
        });
    broken(
        "stored by no later epoch",
        d -> {
          SegmentDescriptor one = segment(9, 1, 2, 1, 2);
          ManifestDraft later = new ManifestDraft(d.manifest());
          later.epoch = new Epoch(6);
          d.segments = List.of(new SegmentEntry(one, deleted(later, one, 1)));
          d.liveRecords = 1;
        });
    broken(
        "no order key is beyond",
        d -> {
          d.segments = List.of(shown(segment(9, 1, 1, 1, d.folded.value() + 1)));
          d.liveRecords = 1;
        });
  }

  @Test
  void nameKeysOfOthersAndOfWhatIsUsed() {
    CollectionId other = new CollectionId(new UUID(8, 8));
    broken("every key is the collection's own", d -> d.collection = other);
    SegmentDescriptor used = SECOND.segments().getFirst().segment();
    ObjectKey file = used.keyOf(SECOND.collection(), used.files().getFirst());
    broken("nothing that is used", d -> d.retired = List.of(new RetiredObject(file, Versions.AT)));
    broken(
        "nothing that is used",
        d -> d.retired = List.of(new RetiredObject(FIRST.key(), Versions.AT)));
  }

  @Test
  void nameWhatIsWrongWithTheSuccession() {
    brokenAfter("generation is the parent's and one", FIRST, d -> {});
    brokenAfter("generation is the parent's and one", null, d -> {});
    brokenAfter("the collection is", SECOND, d -> d.collection = new CollectionId(new UUID(8, 8)));
    brokenAfter("the space is", SECOND, d -> d.space = Space.IP);
    brokenAfter("a shape, once known", SECOND, d -> d.shape = null);
    brokenAfter("a shape, once known", SECOND, d -> d.shape = new VectorShape(3, "other"));
    brokenAfter("a shape, once known", SECOND, d -> d.shape = new VectorShape(3, null));
    brokenAfter(
        "ancestry continues",
        SECOND,
        d -> d.ancestry = List.of(d.ancestry.get(0), new Ancestor(new Generation(1), commit(77))));
    brokenAfter("the epoch does not fall", SECOND, d -> d.epoch = new Epoch(2));
    brokenAfter("the folded sequence does not fall", SECOND, d -> d.folded = new Sequence(1));
    brokenAfter("records change only by folding", SECOND, d -> d.folded = SECOND.folded());
    brokenAfter("what leaves the retained", SECOND, d -> d.retained = d.retained.subList(0, 1));
    RetainedSnapshot stranger =
        new RetainedSnapshot(
            new Generation(1), Versions.first(99, 1).key(), new Sequence(1), Versions.AT);
    brokenAfter("only the parent and its retained", SECOND, d -> d.retained = List.of(stranger));
  }

  @Test
  void letWhatIsRetiredLeaveAndAFunctionBecomeKnown() {
    ManifestDraft before = new ManifestDraft(SECOND);
    before.shape = new VectorShape(3, null);
    ManifestDraft draft = new ManifestDraft(THIRD);
    draft.retained = List.of();
    draft.retired =
        List.of(
            new RetiredObject(SECOND.key(), Versions.AT),
            new RetiredObject(FIRST.key(), Versions.AT));
    assertThatCode(() -> SuccessionInvariants.check(before.manifest(), draft.manifest()))
        .doesNotThrowAnyException();
  }

  private static void broken(String invariant, Consumer<ManifestDraft> change) {
    ManifestDraft draft = new ManifestDraft(THIRD);
    change.accept(draft);
    assertThatThrownBy(() -> ManifestInvariants.check(draft.manifest()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("breaks an invariant: ")
        .hasMessageContaining(invariant);
  }

  private static void brokenAfter(
      String invariant, @Nullable Manifest parent, Consumer<ManifestDraft> change) {
    ManifestDraft draft = new ManifestDraft(THIRD);
    change.accept(draft);
    assertThatThrownBy(() -> SuccessionInvariants.check(parent, draft.manifest()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(invariant);
  }

  private static List<SegmentEntry> twice(List<SegmentEntry> segments) {
    return List.of(segments.getFirst(), segments.getFirst());
  }
}
