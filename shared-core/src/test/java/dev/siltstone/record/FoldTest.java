package dev.siltstone.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.record.MetadataValue.IntValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FoldTest {
  private static final RecordId ID = new RecordId("a");

  @Test
  void showsWhatChromaWouldShowAfterAnyHistory() {
    for (long seed = 0; seed < 2_000; seed++) {
      RandomOperations random = new RandomOperations(seed);
      ChromaModel model = new ChromaModel();
      Map<RecordId, StoredRecord> folded = new HashMap<>();
      for (int sequence = 1; sequence <= 12; sequence++) {
        List<Operation> batch = random.batch();
        batch.forEach(model::apply);
        apply(folded, sequence, batch);
        assertThat(get(folded)).as("seed %d, sequence %d", seed, sequence).isEqualTo(model.get());
      }
    }
  }

  @Test
  void dependsOnTheRecordAloneAndNotOnWhatElseWasFolded() {
    for (long seed = 0; seed < 500; seed++) {
      List<List<Operation>> history = history(seed);
      Map<RecordId, StoredRecord> together = new HashMap<>();
      Map<RecordId, StoredRecord> apart = new HashMap<>();
      Set<RecordId> ids = new HashSet<>();
      for (int sequence = 1; sequence <= history.size(); sequence++) {
        apply(together, sequence, history.get(sequence - 1));
        history.get(sequence - 1).forEach(operation -> ids.add(operation.id()));
      }
      for (RecordId id : ids) {
        for (int sequence = 1; sequence <= history.size(); sequence++) {
          apply(apart, sequence, history.get(sequence - 1), id);
        }
      }
      assertThat(apart).as("seed %d", seed).isEqualTo(together);
    }
  }

  @Test
  void keepsTheChecksumOfTheContentIncrementally() {
    for (long seed = 0; seed < 500; seed++) {
      Map<RecordId, StoredRecord> records = new HashMap<>();
      ContentChecksum incremental = ContentChecksum.EMPTY;
      int sequence = 0;
      for (List<Operation> batch : history(seed)) {
        sequence++;
        for (int index = 0; index < batch.size(); index++) {
          Operation operation = batch.get(index);
          StoredRecord before = records.get(operation.id());
          StoredRecord after = Fold.apply(before, operation, new OrderKey(sequence, index));
          put(records, operation.id(), after);
          incremental = changed(incremental, before, after);
        }
        assertThat(incremental).as("seed %d", seed).isEqualTo(recomputed(records, seed));
      }
    }
  }

  @Test
  void takesTheFirstOfTwoAddsAndTheLastOfTwoUpserts() {
    Map<RecordId, StoredRecord> added = new HashMap<>();
    apply(added, 1, List.of(add("first"), add("second")));
    assertThat(added).containsOnly(Map.entry(ID, stored("first")));

    Map<RecordId, StoredRecord> upserted = new HashMap<>();
    apply(upserted, 1, List.of(upsert("first"), upsert("second")));
    assertThat(upserted).containsOnly(Map.entry(ID, stored("second")));
  }

  @Test
  void startsCleanAndAtTheEndAfterDeleteAndAdd() {
    Map<RecordId, StoredRecord> records = new HashMap<>();
    MetadataPatch metadata = MetadataPatch.setting(Map.of("k", new IntValue(1)));
    apply(
        records,
        3,
        List.of(
            new Operation.Add(ID, Embedding.of(1), "old", "uri", metadata),
            new Operation.Delete(ID),
            new Operation.Upsert(ID, Embedding.of(2), null, null, MetadataPatch.NONE)));
    assertThat(records.get(ID))
        .isEqualTo(
            new StoredRecord(ID, new OrderKey(3, 2), Embedding.of(2), null, null, Metadata.NONE));
  }

  private static StoredRecord stored(String document) {
    return new StoredRecord(ID, new OrderKey(1, 0), Embedding.of(1), document, null, Metadata.NONE);
  }

  private static Operation add(String document) {
    return new Operation.Add(ID, Embedding.of(1), document, null, MetadataPatch.NONE);
  }

  private static Operation upsert(String document) {
    return new Operation.Upsert(ID, Embedding.of(1), document, null, MetadataPatch.NONE);
  }

  private static List<List<Operation>> history(long seed) {
    RandomOperations random = new RandomOperations(seed);
    List<List<Operation>> history = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      history.add(random.batch());
    }
    return history;
  }

  private static void apply(
      Map<RecordId, StoredRecord> records, long sequence, List<Operation> batch) {
    apply(records, sequence, batch, null);
  }

  private static void apply(
      Map<RecordId, StoredRecord> records,
      long sequence,
      List<Operation> batch,
      @Nullable RecordId only) {
    for (int index = 0; index < batch.size(); index++) {
      Operation operation = batch.get(index);
      if (only == null || only.equals(operation.id())) {
        OrderKey place = new OrderKey(sequence, index);
        StoredRecord before = records.get(operation.id());
        put(records, operation.id(), Fold.apply(before, operation, place));
      }
    }
  }

  private static void put(
      Map<RecordId, StoredRecord> records, RecordId id, @Nullable StoredRecord after) {
    if (after == null) {
      records.remove(id);
    } else {
      records.put(id, after);
    }
  }

  private static List<String> get(Map<RecordId, StoredRecord> records) {
    return records.values().stream()
        .sorted(Comparator.comparing(StoredRecord::order))
        .map(ChromaModel::line)
        .toList();
  }

  private static ContentChecksum changed(
      ContentChecksum sum, @Nullable StoredRecord before, @Nullable StoredRecord after) {
    ContentChecksum without = before == null ? sum : sum.minus(RecordChecksum.of(before));
    return after == null ? without : without.plus(RecordChecksum.of(after));
  }

  private static ContentChecksum recomputed(Map<RecordId, StoredRecord> records, long seed) {
    List<StoredRecord> shuffled = new ArrayList<>(records.values());
    Collections.shuffle(shuffled, new Random(seed));
    ContentChecksum sum = ContentChecksum.EMPTY;
    for (StoredRecord stored : shuffled) {
      sum = sum.plus(RecordChecksum.of(stored));
    }
    return sum;
  }
}
