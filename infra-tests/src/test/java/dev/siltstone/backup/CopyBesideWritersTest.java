package dev.siltstone.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Collection;
import dev.siltstone.contract.Race;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.gc.Actors;
import dev.siltstone.gc.Checks;
import dev.siltstone.gc.Services;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.local.backup.CopiedCollection;
import dev.siltstone.log.Receipt;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.time.Clock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a collection that is written, folded and cleaned all the while. */
class CopyBesideWritersTest {
  private static final int WRITERS = 3;
  private static final int COPIES = 8;
  private static final int RECORDS = 40;
  private static final long SEED = 20261121;

  @TempDir private Path folder;
  private final Clock clock = Clock.system();

  /** What each place did: a record's name, after a minus if it was deleted. */
  private final Map<Sequence, String> acknowledged = new ConcurrentSkipListMap<>();

  private final AtomicBoolean done = new AtomicBoolean();

  /** A copy, and the last place that had been acknowledged before it began. */
  private record Taken(Path data, CopiedCollection copied, Sequence acknowledgedBefore) {}

  @Test
  void everyCopyIsThePrefixOfTheLogThatItSaysAndLacksNothingAcknowledgedBefore() {
    List<Taken> taken = new ArrayList<>();
    Collection original;
    try (Services from = Services.embedded(folder.resolve("from"), clock);
        Actors setUp = Stores.actors(from, folder.resolve("set-up"), clock)) {
      CollectionId id = setUp.createCollection("stones");
      original = from.catalog().collection(id).orElseThrow();
      Race.of(
          WRITERS + 2,
          i -> {
            if (i < WRITERS) {
              write(from, id, i);
            } else if (i == WRITERS) {
              foldAndClean(from, id);
            } else {
              copyAgainAndAgain(from, original, taken);
            }
            return i;
          });
    }
    assertThat(taken).as("seed %d", SEED).hasSize(COPIES);
    taken.forEach(this::isThePrefix);
    assertThat(taken.stream().map(one -> one.copied().last()).distinct()).hasSizeGreaterThan(1);
  }

  private void isThePrefix(Taken one) {
    assertThat(one.copied().last()).isGreaterThanOrEqualTo(one.acknowledgedBefore());
    assertThat(one.copied().verification().isSound()).isTrue();
    TreeSet<String> expected = new TreeSet<>();
    new TreeMap<>(acknowledged)
        .headMap(one.copied().last(), true)
        .values()
        .forEach(write -> {
          if (write.startsWith("-")) {
            expected.remove(write.substring(1));
          } else {
            expected.add(write);
          }
        });
    try (Services copy = Services.embedded(one.data(), clock);
        Actors there =
            Stores.actors(copy, folder.resolve("read-" + one.data().getFileName()), clock)) {
      Checks.wholeAndReadable(copy, there, one.copied().collection().id(), List.copyOf(expected));
    }
  }

  private void write(Services from, CollectionId id, int writer) {
    Random random = new Random(SEED + writer);
    try (Actors actors = Stores.actors(from, folder.resolve("writer-" + writer), clock)) {
      while (!done.get()) {
        String record = writer + "-" + random.nextInt(RECORDS);
        boolean deletes = random.nextInt(3) == 0;
        Receipt receipt = deletes ? delete(actors, id, record) : actors.write(id, record);
        acknowledged.put(receipt.sequence(), deletes ? "-" + record : record);
      }
    }
  }

  private static Receipt delete(Actors actors, CollectionId id, String record) {
    return actors
        .commit()
        .commit(
            id,
            null,
            delta ->
                DeltaWriter.encode(
                    new Delta(
                        id,
                        delta,
                        0,
                        null,
                        Instant.EPOCH,
                        List.of(new Operation.Delete(new RecordId(record))))));
  }

  private void foldAndClean(Services from, CollectionId id) {
    try (Actors actors = Stores.actors(from, folder.resolve("compactor"), clock)) {
      while (!done.get()) {
        actors.compact(id);
        actors.collect(id);
      }
    }
  }

  private void copyAgainAndAgain(Services from, Collection original, List<Taken> taken) {
    try {
      for (int i = 0; i < COPIES; i++) {
        Path data = folder.resolve("copy-" + i);
        Sequence before =
            acknowledged.keySet().stream().max(Sequence::compareTo).orElse(Sequence.ZERO);
        try (Services to = Services.embedded(data, clock)) {
          CopiedCollection copied =
              Stores.copy(from, to, folder.resolve("scratch-" + i), clock).copy(original);
          taken.add(new Taken(data, copied, before));
        }
      }
    } finally {
      done.set(true);
    }
  }
}
