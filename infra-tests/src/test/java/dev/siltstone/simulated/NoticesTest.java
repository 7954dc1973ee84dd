package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.compaction.CompactionReport.Outcome;
import dev.siltstone.lease.LeaseStore.AcquireResult;
import dev.siltstone.notice.Notice;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.snapshot.Manifest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A notice is a hint: neither its order nor its number matters, and losing the lock is no harm. */
class NoticesTest {
  private static final int ORDERS = 12;
  private static final int WRITES = 20;
  private static final int NOTICES = 10_000;
  private static final int MAX_RECEIVE_COUNT = 3;
  private static final Duration LONG = Duration.ofMinutes(14);

  @TempDir Path folder;

  @Test
  void anyOrderAndNumberOfNoticesGivesTheSameContent() {
    List<Manifest> results =
        LongStream.range(0, ORDERS).mapToObj(this::compactedAsNoticesCome).toList();

    assertThat(results).extracting(Manifest::content).containsOnly(results.getFirst().content());
    assertThat(results).extracting(Manifest::folded).containsOnly(results.getFirst().folded());
    assertThat(results)
        .extracting(Manifest::generation)
        .as("published at different points")
        .satisfies(all -> assertThat(all.stream().distinct().count()).isGreaterThan(3));
  }

  /** The same writes each time; their notices come late, several times or never. */
  private Manifest compactedAsNoticesCome(long order) {
    Bench bench = new Bench(folder.resolve("order-" + order), Integer.MAX_VALUE);
    Random random = new Random(order);
    Producer producer = bench.producer(7);
    List<Folder> compactors = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      compactors.add(new Folder(bench.machine("folder-" + i, order * 10 + i), "folder " + i));
    }
    for (int write = 0; write < WRITES; write++) {
      producer.write();
      int notices = random.nextInt((int) (1 + order % 4));
      for (int i = 0; i < notices; i++) {
        compactors.get(random.nextInt(compactors.size())).run();
      }
    }
    compactors.getLast().run();
    return bench
        .machine("looking", order)
        .snapshots
        .current(COLLECTION.id())
        .orElseThrow()
        .manifest();
  }

  @Test
  void tenThousandNoticesAgainstALongHolderLeaveNoDeadLetter() {
    Bench bench = new Bench(folder, MAX_RECEIVE_COUNT);
    bench.producer(7).write();
    AcquireResult holder =
        bench.services.leases().acquire(COLLECTION.id(), "long", bench.clock.now(), LONG);
    for (int i = 0; i < NOTICES; i++) {
      bench.notices.send(new Notice(COLLECTION.id()), Duration.ZERO);
    }
    Folder loser = new Folder(bench.machine("loser", 1), "loser");

    int lost = follow(bench, loser, Outcome.LOCK_HELD);

    assertThat(holder).isInstanceOf(AcquireResult.Acquired.class);
    assertThat(lost).isGreaterThanOrEqualTo(NOTICES);
    assertThat(bench.notices.size()).as("one notice, for when the lease expires").isEqualTo(1);
    bench.clock.sleep(LONG);
    assertThat(follow(bench, loser, Outcome.DRAINED)).isEqualTo(1);
    assertThat(bench.notices.deadLetters()).isEmpty();
  }

  /** Follows notices until none is visible; says how many. */
  private static int follow(Bench bench, Folder compactor, Outcome expected) {
    int followed = 0;
    List<ReceivedNotice> received = bench.notices.receive(10, Duration.ofMinutes(1));
    while (!received.isEmpty()) {
      for (ReceivedNotice notice : received) {
        assertThat(compactor.run().outcome()).isEqualTo(expected);
        bench.notices.acknowledge(notice);
        followed++;
      }
      received = bench.notices.receive(10, Duration.ofMinutes(1));
    }
    return followed;
  }
}
