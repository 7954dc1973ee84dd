package dev.siltstone.record;

import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Seeded batches over few ids and keys, so that they meet often, within a batch too. */
final class RandomOperations {
  private static final int IDS = 6;
  private static final int KEYS = 3;

  private final Random random;

  RandomOperations(long seed) {
    random = new Random(seed);
  }

  List<Operation> batch() {
    return IntStream.range(0, random.nextInt(8)).mapToObj(_ -> operation()).toList();
  }

  private Operation operation() {
    RecordId id = new RecordId("id" + random.nextInt(IDS));
    return switch (random.nextInt(5)) {
      case 0 -> new Operation.Add(id, embedding(), text(), text(), patch());
      case 1 -> new Operation.Upsert(id, embedding(), text(), text(), patch());
      case 2 -> new Operation.Update(id, embedding(), text(), text(), patch());
      case 3 -> new Operation.Update(id, null, text(), text(), patch());
      default -> new Operation.Delete(id);
    };
  }

  private Embedding embedding() {
    return Embedding.of(random.nextFloat(), random.nextFloat());
  }

  private @Nullable String text() {
    return random.nextBoolean() ? "text " + random.nextInt(100) : null;
  }

  private MetadataPatch patch() {
    Map<String, MetadataValue> set = new TreeMap<>();
    Set<String> removed = new TreeSet<>();
    for (int key = 0; key < KEYS; key++) {
      switch (random.nextInt(4)) {
        case 0 -> set.put("key" + key, value());
        case 1 -> removed.add("key" + key);
        default -> {}
      }
    }
    return MetadataPatch.of(set, removed);
  }

  private MetadataValue value() {
    int number = random.nextInt(10);
    return switch (random.nextInt(5)) {
      case 0 -> new StringValue("s" + number);
      case 1 -> new IntValue(number);
      case 2 -> new FloatValue(number);
      case 3 -> new BoolValue(number > 4);
      default -> new IntList(List.of(new IntValue(number), new IntValue(number)));
    };
  }
}
