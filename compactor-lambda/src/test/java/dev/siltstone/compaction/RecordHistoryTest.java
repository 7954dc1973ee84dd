package dev.siltstone.compaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.record.Embedding;
import dev.siltstone.record.Fold;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The shortcuts change nothing: the outcome is that of the fold, operation by operation. */
class RecordHistoryTest {
  private static final RecordId ID = new RecordId("id");
  private static final int HISTORIES = 20_000;

  @Test
  void endsWhereTheFoldEnds() {
    for (long seed = 0; seed < HISTORIES; seed++) {
      Random random = new Random(seed);
      StoredRecord existing = random.nextBoolean() ? record(random) : null;
      StoredRecord expected = existing;
      RecordHistory history = new RecordHistory();
      for (int i = random.nextInt(5); i >= 0; i--) {
        Operation operation = operation(random);
        OrderKey place = new OrderKey(100 - i, 0);
        expected = Fold.apply(expected, operation, place);
        history.append(operation, place);
      }
      if (existing != null && history.leavesExisting()) {
        assertThat(expected).as("seed %d", seed).isSameAs(existing);
      } else {
        StoredRecord read = history.readsExisting() ? existing : null;
        assertThat(history.fold(read)).as("seed %d", seed).isEqualTo(expected);
      }
    }
  }

  private static StoredRecord record(Random random) {
    return new StoredRecord(
        ID, new OrderKey(1, 0), embedding(random), text(random), text(random), Metadata.NONE);
  }

  private static Operation operation(Random random) {
    MetadataPatch patch = MetadataPatch.setting(Map.of("n", new IntValue(random.nextInt(9))));
    return switch (random.nextInt(4)) {
      case 0 -> new Operation.Add(ID, embedding(random), text(random), text(random), patch);
      case 1 -> new Operation.Upsert(ID, embedding(random), text(random), text(random), patch);
      case 2 -> new Operation.Update(ID, null, text(random), text(random), patch);
      default -> new Operation.Delete(ID);
    };
  }

  private static @Nullable String text(Random random) {
    return random.nextBoolean() ? "text " + random.nextInt(100) : null;
  }

  private static Embedding embedding(Random random) {
    return Embedding.of(random.nextFloat(), random.nextFloat());
  }
}
