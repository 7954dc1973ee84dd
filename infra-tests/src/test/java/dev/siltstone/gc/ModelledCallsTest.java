package dev.siltstone.gc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Collection;
import dev.siltstone.contract.HandClock;
import dev.siltstone.emulators.AwsFamily;
import dev.siltstone.emulators.AwsServices;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.cost.CallModel;
import dev.siltstone.local.cost.Calls;
import dev.siltstone.notice.Notice;
import dev.siltstone.operations.command.CompactionSweep;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.time.Deadline;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.SoonCollection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cost model counts the calls that are really made. */
class ModelledCallsTest {
  @TempDir Path folder;

  private final HandClock clock = new HandClock();
  private final AwsFamily family = AwsFamily.create(AwsServices.emulated());
  private final CountedCalls counted = new CountedCalls(family);
  private Services services;
  private Actors actors;
  private CollectionId c;

  @BeforeEach
  void publishTwice() {
    services = Services.aws(family);
    actors = new Actors(services, folder, clock, RetentionPolicy.DEFAULT, 1);
    c = actors.createCollection("counted");
    write(1, "first");
    actors.compact(c);
    write(1, "second");
    actors.compact(c);
  }

  @AfterEach
  void close() {
    actors.close();
    family.close();
  }

  @Test
  void ofAnAcknowledgedWrite() {
    assertThat(
            counted.calls(() -> {
              actors.write(c, "one");
              services.notices().send(new Notice(c), Duration.ZERO);
            }))
        .isEqualTo(CountedCalls.whole(CallModel.acknowledgedWrite()));
  }

  @Test
  void ofStrongReads() {
    int files = manifest().segments().getFirst().segment().files().size();
    write(3, "tail");
    Collection known = services.catalog().collection(c).orElseThrow();
    assertThat(
            counted.calls(() -> {
              services.catalog().collection(c);
              read(known, Consistency.STRONG);
            }))
        .as("cold, but for the files that the compactor has left in the cache")
        .isEqualTo(CountedCalls.whole(CallModel.coldRead(0, 3)));
    assertThat(files).isPositive();

    assertThat(counted.calls(() -> read(known, Consistency.STRONG)))
        .isEqualTo(CountedCalls.whole(CallModel.strongRead(0)));
    write(200, "more");
    assertThat(counted.calls(() -> read(known, Consistency.STRONG)))
        .isEqualTo(CountedCalls.whole(CallModel.strongRead(200)));
    assertThat(counted.calls(() -> read(known, new Consistency.Eventual(Duration.ofMinutes(1)))))
        .isEmpty();
  }

  @Test
  void ofRunsThatPublishAndOneThatFindsNothing() {
    for (int deltas : new int[] {20, 60}) {
      write(deltas, "of " + deltas);
      Map<String, Long> made = counted.calls(() -> actors.compact(c));
      int files = manifest().segments().getLast().segment().files().size();
      boolean merged = manifest().segments().size() == 1;
      Calls expected = CallModel.emptyRun().plus(CallModel.publish(deltas, files));
      assertThat(made)
          .isEqualTo(CountedCalls.whole(merged ? expected.plus(CallModel.merge(files)) : expected));
    }
    assertThat(counted.calls(() -> actors.compact(c)))
        .isEqualTo(CountedCalls.whole(CallModel.emptyRun()));
  }

  @Test
  void ofSweepAndCollectionThatFindNothing() {
    assertThat(
            counted.calls(() ->
                new CompactionSweep(actors.compactor(), services.log())
                    .run(Deadline.in(clock, Duration.ofMinutes(1)))))
        .isEqualTo(CountedCalls.whole(CallModel.emptySweep()));
    actors.collect(c);
    int older = manifest().retained().size() + manifest().retired().size();
    assertThat(counted.calls(() -> actors.collect(c)))
        .isEqualTo(CountedCalls.whole(CallModel.collection(older)));
  }

  private void write(int deltas, String name) {
    for (int i = 0; i < deltas; i++) {
      actors.write(c, name + " " + i);
    }
  }

  private void read(Collection known, Consistency consistency) {
    actors.views().open(SoonCollection.of(known), consistency).close();
  }

  private Manifest manifest() {
    return actors.snapshots().current(c).orElseThrow().manifest();
  }
}
