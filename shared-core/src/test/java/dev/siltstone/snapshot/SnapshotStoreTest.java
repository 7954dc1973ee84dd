package dev.siltstone.snapshot;

import static dev.siltstone.snapshot.Versions.COLLECTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.log.Tip;
import dev.siltstone.simulation.ScriptedWire;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.snapshot.PublishResult.Fenced;
import dev.siltstone.snapshot.PublishResult.Lost;
import dev.siltstone.snapshot.PublishResult.StillUnknown;
import dev.siltstone.snapshot.PublishResult.Won;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.memory.MemoryObjectStore;
import dev.siltstone.time.Clock;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SnapshotStoreTest {
  private static final ObjectKey POINTER = ObjectLayout.pointer(COLLECTION);
  private static final Manifest FIRST = Versions.first(1, 3);
  private static final Manifest SECOND = Versions.after(FIRST, 2, 3);
  private static final Manifest OTHER = Versions.after(FIRST, 22, 3);

  private final ScriptedWire wire = new ScriptedWire();
  private final Clock clock = new Simulation(new Random(0)).clock();
  private final MemoryObjectStore store = new MemoryObjectStore(wire, clock);
  private final SnapshotStore snapshots = new SnapshotStore(store, clock);

  @Test
  void publishesTheFirstVersionAndThenItsSuccessors() {
    assertThat(snapshots.current(COLLECTION)).isEmpty();
    Published first = won(snapshots.publish(FIRST, null));
    assertThat(snapshots.current(COLLECTION)).contains(first);
    assertThat(first.manifest()).isEqualTo(FIRST);
    assertThat(first.tip()).isEqualTo(new Tip(FIRST.generation(), FIRST.folded(), FIRST.key()));

    Published second = won(snapshots.publish(SECOND, first));
    assertThat(snapshots.current(COLLECTION)).contains(second);
    assertThat(snapshots.readManifest(FIRST.key())).isEqualTo(FIRST);
    assertThat(wire.calls().subList(1, 3)).containsExactly("putIfAbsent", "putIfAbsent");
    assertThat(wire.count("putIfMatch")).isEqualTo(1);
  }

  @Test
  void losesTheRaceWhenPointerMoved() {
    Published first = won(snapshots.publish(FIRST, null));
    Published other = won(snapshots.publish(OTHER, first));
    assertThat(snapshots.publish(SECOND, first)).isEqualTo(new Lost());
    assertThat(snapshots.current(COLLECTION)).contains(other);
    assertThat(snapshots.publish(Versions.first(5, 3), null)).isEqualTo(new Lost());
  }

  @Test
  void winsWhenTheAnswerIsLostButThePointerIsItsOwn() {
    Published first = won(snapshots.publish(FIRST, null));
    wire.loseAnswer("putIfMatch");
    Published second = won(snapshots.publish(SECOND, first));
    assertThat(snapshots.current(COLLECTION)).contains(second);
    assertThat(wire.count("putIfMatch")).isEqualTo(1);
  }

  @Test
  void sendsTheSameAgainWhenTheRequestWasLost() {
    Published first = won(snapshots.publish(FIRST, null));
    wire.loseRequest("putIfMatch").loseRequest("putIfMatch");
    assertThat(won(snapshots.publish(SECOND, first)).manifest()).isEqualTo(SECOND);
    assertThat(wire.count("putIfMatch")).isEqualTo(3);
  }

  @Test
  void sendsTheFirstPointerAgainWhenTheRequestWasLost() {
    wire.answer("putIfAbsent").loseRequest("putIfAbsent");
    assertThat(won(snapshots.publish(FIRST, null)).manifest()).isEqualTo(FIRST);
    assertThat(wire.count("putIfAbsent")).isEqualTo(3);
  }

  @Test
  void stopsWithAnUnknownOutcomeAfterAFewAttempts() {
    Published first = won(snapshots.publish(FIRST, null));
    for (int i = 0; i < 5; i++) {
      wire.loseRequest("putIfMatch");
    }
    assertThat(snapshots.publish(SECOND, first)).isEqualTo(new StillUnknown(SECOND.generation()));
    assertThat(snapshots.current(COLLECTION)).contains(first);
    assertThat(wire.count("delete")).isZero();
  }

  @Test
  void isCertainThatNothingIsPublishedWhenTheStoreOnlyRefuses() {
    Published first = won(snapshots.publish(FIRST, null));
    for (int i = 0; i < 5; i++) {
      wire.refuse("putIfMatch");
    }
    assertThatThrownBy(() -> snapshots.publish(SECOND, first))
        .isInstanceOf(UnavailableException.class);
    assertThat(snapshots.current(COLLECTION)).contains(first);
  }

  @Test
  void staysUnknownWhenALostRequestIsFollowedByRefusals() {
    Published first = won(snapshots.publish(FIRST, null));
    wire.loseRequest("putIfMatch");
    for (int i = 0; i < 4; i++) {
      wire.refuse("putIfMatch");
    }
    assertThat(snapshots.publish(SECOND, first)).isInstanceOf(StillUnknown.class);
  }

  @Test
  void staysUnknownWhenNothingCanBeReadBack() {
    Published first = won(snapshots.publish(FIRST, null));
    for (int i = 0; i < 5; i++) {
      wire.loseAnswer("putIfMatch").refuse("get");
    }
    assertThat(snapshots.publish(SECOND, first)).isInstanceOf(StillUnknown.class);
    assertThat(snapshots.current(COLLECTION).orElseThrow().manifest()).isEqualTo(SECOND);
  }

  @Test
  void winsWhenOthersHavePublishedOnTopOfItAndGivesTheirPointer() {
    Published first = won(snapshots.publish(FIRST, null));
    Manifest third = Versions.after(SECOND, 3, 4);
    wire.loseAnswer("putIfMatch");
    wire.before(
        "get", () -> won(snapshots.publish(third, snapshots.current(COLLECTION).orElseThrow())));

    Published current = won(snapshots.publish(SECOND, first));
    assertThat(current).isEqualTo(snapshots.current(COLLECTION).orElseThrow());
    assertThat(current.manifest()).isEqualTo(third);
    assertThat(snapshots.publish(Versions.after(third, 4, 4), current)).isInstanceOf(Won.class);
  }

  @Test
  void losesWhenAnotherWinsAfterItsRequestWasLost() {
    Published first = won(snapshots.publish(FIRST, null));
    wire.loseRequest("putIfMatch");
    wire.before("get", () -> won(snapshots.publish(OTHER, first)));
    assertThat(snapshots.publish(SECOND, first)).isEqualTo(new Lost());
  }

  @Test
  void looksAgainWhenWhatItReadBackIsAlreadyCollected() {
    Published first = won(snapshots.publish(FIRST, null));
    Published other = won(snapshots.publish(OTHER, first));
    wire.answer("get").before("get", () -> store.delete(OTHER.key()));
    Manifest third = Versions.after(OTHER, 3, 3);
    wire.before("get", () -> won(snapshots.publish(third, other)));
    assertThat(snapshots.publish(SECOND, first)).isEqualTo(new Lost());
  }

  @Test
  void isFencedByAHigherEpoch() {
    Published first = won(snapshots.publish(FIRST, null));
    Published newer = won(snapshots.publish(Versions.after(FIRST, 9, 7), first));
    assertThat(snapshots.publish(SECOND, first)).isEqualTo(new Fenced(new Epoch(7)));

    Manifest stale = Versions.after(newer.manifest(), 10, 6);
    assertThat(snapshots.publish(stale, newer)).isEqualTo(new Fenced(new Epoch(7)));
    assertThat(store.get(stale.key())).isEmpty();
  }

  @Test
  void writesNothingThatBreaksAnInvariant() {
    ManifestDraft draft = new ManifestDraft(FIRST);
    draft.liveRecords++;
    assertThatThrownBy(() -> snapshots.publish(draft.manifest(), null))
        .isInstanceOf(CorruptDataException.class);
    assertThatThrownBy(() -> snapshots.publish(SECOND, null))
        .isInstanceOf(CorruptDataException.class);
    assertThat(wire.calls()).isEmpty();
  }

  @Test
  void writesTheManifestBeforeThePointerAndLeavesThePointerAloneWithoutIt() {
    wire.loseAnswer("putIfAbsent");
    won(snapshots.publish(FIRST, null));

    Published first = snapshots.current(COLLECTION).orElseThrow();
    for (int i = 0; i < 5; i++) {
      wire.loseRequest("putIfAbsent");
    }
    assertThatThrownBy(() -> snapshots.publish(SECOND, first))
        .isInstanceOf(UnavailableException.class)
        .hasMessageContaining("not published");
    assertThat(wire.count("putIfMatch")).isZero();
  }

  @Test
  void refusesAKeyThatHoldsAnotherManifest() {
    store.overwrite(FIRST.key(), new byte[5]);
    assertThatThrownBy(() -> snapshots.publish(FIRST, null))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("taken by another manifest");
    assertThat(store.get(POINTER)).isEmpty();
  }

  @Test
  void saysThatAPointerDangles() {
    won(snapshots.publish(FIRST, null));
    store.delete(FIRST.key());
    assertThatThrownBy(() -> snapshots.current(COLLECTION))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("not there: " + FIRST.key());
    assertThatThrownBy(() -> snapshots.readManifest(FIRST.key()))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void readsAgainWhenThePointerMovesBetweenItsTwoReads() {
    Published first = won(snapshots.publish(FIRST, null));
    wire.answer("get");
    wire.before(
        "get",
        () -> {
          won(snapshots.publish(SECOND, first));
          store.delete(FIRST.key());
        });
    assertThat(snapshots.current(COLLECTION).orElseThrow().manifest()).isEqualTo(SECOND);
  }

  @Test
  void refusesAManifestThatIsNotTheOneThePointerNames() {
    won(snapshots.publish(FIRST, null));
    ManifestDraft draft = new ManifestDraft(FIRST);
    draft.content = draft.content.plus(draft.content);
    store.overwrite(FIRST.key(), ManifestJson.write(draft.manifest()));
    assertThatThrownBy(() -> snapshots.current(COLLECTION))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("the pointer of collection " + COLLECTION + " expects");
  }

  @Test
  void refusesAManifestUnderAKeyThatIsNotItsOwn() {
    store.overwrite(OTHER.key(), ManifestJson.write(FIRST));
    assertThatThrownBy(() -> snapshots.readManifest(OTHER.key()))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("belongs under " + FIRST.key());
  }

  @Test
  void refusesAPointerOfAnotherCollection() {
    won(snapshots.publish(FIRST, null));
    CollectionId other = new CollectionId(new UUID(8, 8));
    store.overwrite(ObjectLayout.pointer(other), store.get(POINTER).orElseThrow().bytes());
    assertThatThrownBy(() -> snapshots.current(other))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("disagree");
  }

  private static Published won(PublishResult result) {
    assertThat(result).isInstanceOf(Won.class);
    return ((Won) result).published();
  }
}
