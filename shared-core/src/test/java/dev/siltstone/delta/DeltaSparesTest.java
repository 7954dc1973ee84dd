package dev.siltstone.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What a connection has done before does not show in what it does next. */
class DeltaSparesTest {
  private static final long SEED = 20;
  private static final int DELTAS = 60;
  private static final int DATABASES = 1_500;

  @Test
  void writesTheBytesThatAFreshConnectionWrites() throws SQLException {
    try (DatabaseWriter used = DatabaseWriter.open()) {
      for (long seed : order()) {
        Delta delta = new RandomDeltas(seed).next();
        assertThat(used.write(delta)).as("seed %d", seed).isEqualTo(fresh(delta));
      }
    }
  }

  @Test
  void writesOnAfterADeltaThatCannotBeWritten() throws SQLException {
    Delta delta = new RandomDeltas(SEED).next();
    Delta unwritable =
        new Delta(
            new CollectionId(new UUID(1, 2)),
            new DeltaId(new UUID(3, 4)),
            0,
            null,
            Instant.EPOCH,
            List.of(
                new Operation.Delete(new RecordId("good")),
                new Operation.Delete(new RecordId("\ud800"))));
    for (int i = 0; i < 3; i++) {
      assertThatThrownBy(() -> DeltaDatabase.write(unwritable))
          .isInstanceOf(InvalidRequestException.class);
      assertThat(DeltaDatabase.write(delta)).isEqualTo(fresh(delta));
    }
  }

  /** Honest databases and damaged ones, one after another on few connections. */
  @Test
  void judgesAsAFreshConnectionJudges() {
    Random random = new Random(SEED);
    List<String> judged = new ArrayList<>();
    for (int i = 0; i < DATABASES; i++) {
      byte[] database = DeltaDatabase.write(new RandomDeltas(random.nextInt(DELTAS)).next());
      for (int damage = random.nextInt(12); damage > 0; damage--) {
        database[100 + random.nextInt(database.length - 100)] = (byte) random.nextInt(256);
      }
      String kept = verdict(() -> DeltaDatabase.read(database));
      assertThat(kept).as("seed %d, database %d", SEED, i).isEqualTo(verdict(() -> read(database)));
      judged.add(kept);
    }
    assertThat(judged).filteredOn(verdict -> verdict.startsWith("Delta[")).hasSizeGreaterThan(400);
    assertThat(judged).filteredOn(verdict -> verdict.contains("Corrupt")).hasSizeGreaterThan(150);
  }

  private static List<Long> order() {
    List<Long> seeds = new ArrayList<>();
    for (long seed = 0; seed < DELTAS; seed++) {
      seeds.add(seed);
      seeds.add(seed);
    }
    Collections.shuffle(seeds, new Random(SEED));
    return seeds;
  }

  private static byte[] fresh(Delta delta) throws SQLException {
    try (DatabaseWriter writer = DatabaseWriter.open()) {
      return writer.write(delta);
    }
  }

  private static Delta read(byte[] database) {
    return DeltaDatabase.read(database, new Spares<>(DatabaseReader::open));
  }

  private static String verdict(Supplier<Delta> read) {
    try {
      return read.get().toString();
    } catch (RuntimeException e) {
      return e.toString();
    }
  }
}
