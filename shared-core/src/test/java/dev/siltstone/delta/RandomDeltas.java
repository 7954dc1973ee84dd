package dev.siltstone.delta;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Seeded deltas with everything a delta can hold, awkward texts and numbers included. */
final class RandomDeltas {
  private static final List<String> TEXTS =
      List.of(
          "",
          "plain",
          "naïve café",
          "日本語",
          "𝄞 clef",
          "a\0b",
          "quote ' \" \\",
          "line\nbreak",
          "\uFEFFmark",
          "null",
          "3.0",
          "x".repeat(4_000));
  private static final List<Double> NUMBERS =
      List.of(3.0, -0.0, 0.1, 1e300, Double.MIN_VALUE, -1.5, 1e15, 12345678901234567890.0);
  private static final List<Long> INTEGERS = List.of(0L, 3L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);

  private final Random random;

  RandomDeltas(long seed) {
    random = new Random(seed);
  }

  Delta next() {
    int dimension = random.nextInt(6);
    int count = random.nextInt(12);
    return new Delta(
        new CollectionId(uuid()),
        new DeltaId(uuid()),
        dimension,
        random.nextBoolean() ? "all-MiniLM-L6-v2" : null,
        Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
        IntStream.range(0, count).mapToObj(_ -> operation(dimension)).toList());
  }

  private UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  private Operation operation(int dimension) {
    RecordId id = new RecordId("r" + random.nextInt(5) + text());
    if (dimension == 0 || random.nextInt(4) == 0) {
      return random.nextBoolean()
          ? new Operation.Delete(id)
          : new Operation.Update(id, null, maybeText(), maybeText(), patch());
    }
    Embedding embedding = embedding(dimension);
    return switch (random.nextInt(3)) {
      case 0 -> new Operation.Add(id, embedding, maybeText(), maybeText(), patch());
      case 1 -> new Operation.Upsert(id, embedding, maybeText(), maybeText(), patch());
      default -> new Operation.Update(id, embedding, maybeText(), maybeText(), patch());
    };
  }

  private Embedding embedding(int dimension) {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(value) ? value : -0.0f;
    }
    return Embedding.of(values);
  }

  private String text() {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private @Nullable String maybeText() {
    return random.nextBoolean() ? text() : null;
  }

  private MetadataPatch patch() {
    Map<String, MetadataValue> set = new TreeMap<>();
    Set<String> removed = new TreeSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      set.put("set" + text(), value());
      removed.add("removed" + text());
    }
    return MetadataPatch.of(set, removed);
  }

  private MetadataValue value() {
    return switch (random.nextInt(8)) {
      case 0 -> string();
      case 1 -> integer();
      case 2 -> number();
      case 3 -> new BoolValue(random.nextBoolean());
      case 4 -> new StringList(List.of(string(), string()));
      case 5 -> new IntList(List.of(integer(), integer()));
      case 6 -> new FloatList(List.of(number()));
      default -> new BoolList(List.of(new BoolValue(true), new BoolValue(random.nextBoolean())));
    };
  }

  private StringValue string() {
    return new StringValue(text());
  }

  private IntValue integer() {
    return new IntValue(INTEGERS.get(random.nextInt(INTEGERS.size())));
  }

  private FloatValue number() {
    return new FloatValue(NUMBERS.get(random.nextInt(NUMBERS.size())));
  }
}
