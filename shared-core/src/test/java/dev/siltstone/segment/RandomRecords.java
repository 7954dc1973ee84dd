package dev.siltstone.segment;

import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Seeded records with everything that is awkward: ids that are prefixes of each other or not ASCII,
 * documents from none to long, metadata of every kind from a small vocabulary so that filters hit.
 */
public final class RandomRecords {
  private static final List<String> WORDS =
      List.of("delta", "river", "silt", "stone", "Δέλτα", "粉砂岩", "🪨", "a", "b", "");
  private static final List<Double> FLOATS =
      List.of(-1.5, -0.0, 0.0, 0.5, 1.0, 1.5, 2.0, 0x1p53, 0x1p63, -0x1p63, 1e300);
  private static final List<Long> INTS =
      List.of(-1L, 0L, 1L, 2L, 3L, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE, Long.MIN_VALUE);

  private final Random random;
  private final int dimension;

  public RandomRecords(long seed, int dimension) {
    this.random = new Random(seed);
    this.dimension = dimension;
  }

  /** Records with distinct ids and growing order keys. */
  public List<StoredRecord> list(int count) {
    List<String> ids = ids(count);
    List<StoredRecord> records = new ArrayList<>();
    long sequence = 1;
    int index = 0;
    for (String id : ids) {
      boolean nextDelta = random.nextInt(5) == 0;
      sequence += nextDelta ? 1 + random.nextInt(3) : 0;
      index = nextDelta ? 0 : index + 1 + random.nextInt(3);
      records.add(record(id, new OrderKey(sequence, index)));
    }
    return records;
  }

  public StoredRecord record(String id, OrderKey order) {
    return new StoredRecord(
        new RecordId(id),
        order,
        embedding(),
        random.nextInt(4) == 0 ? null : document(),
        random.nextInt(4) == 0 ? "s3://bucket/" + word() : null,
        metadata());
  }

  public Embedding embedding() {
    float[] values = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Embedding.owning(values);
  }

  /** Of words that filters look for; now and then longer than a block. */
  public String document() {
    int words = random.nextInt(500) == 0 ? 8_000 : random.nextInt(30);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(word()).append(random.nextInt(8) == 0 ? '\n' : ' ');
    }
    return text.toString();
  }

  public Metadata metadata() {
    Map<String, MetadataValue> values = new TreeMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      values.put(key(), value());
    }
    return Metadata.of(values);
  }

  public String key() {
    return List.of("a", "b", "c", "kind", "näme").get(random.nextInt(5));
  }

  public String word() {
    return pick(WORDS);
  }

  public StringValue string() {
    return new StringValue(random.nextInt(50) == 0 ? word().repeat(400) + "x" : word());
  }

  public IntValue integer() {
    return new IntValue(random.nextInt(4) == 0 ? random.nextInt(1000) : pick(INTS));
  }

  public FloatValue floating() {
    return new FloatValue(random.nextInt(4) == 0 ? random.nextGaussian() : pick(FLOATS));
  }

  public BoolValue bool() {
    return new BoolValue(random.nextBoolean());
  }

  public <T> List<T> some(Supplier<T> element) {
    return Stream.generate(element).limit(1 + random.nextInt(4)).toList();
  }

  public <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  public int below(int bound) {
    return random.nextInt(bound);
  }

  private MetadataValue value() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> string();
      case 2 -> integer();
      case 3 -> floating();
      case 4 -> bool();
      case 5 -> new StringList(some(this::string));
      case 6 ->
          random.nextBoolean() ? new IntList(some(this::integer)) : new BoolList(some(this::bool));
      default -> new FloatList(some(this::floating));
    };
  }

  private List<String> ids(int count) {
    Map<String, Boolean> ids = new TreeMap<>();
    while (ids.size() < count) {
      ids.put(id(), true);
    }
    List<String> shuffled = new ArrayList<>(ids.keySet());
    Collections.shuffle(shuffled, random);
    return shuffled;
  }

  private String id() {
    return switch (random.nextInt(5)) {
      case 0 -> "doc-" + random.nextInt(1_000_000);
      case 1 -> "doc-" + "0".repeat(random.nextInt(40)) + random.nextInt(1000);
      case 2 -> Long.toHexString(random.nextLong());
      case 3 -> word() + random.nextInt(100_000) + word();
      default -> random.nextInt(200) == 0 ? longId() : "ü" + random.nextInt(1_000_000);
    };
  }

  private String longId() {
    return "long"
        + "x".repeat(random.nextInt(RecordId.MAX_LENGTH - 16))
        + random.nextInt(1_000_000);
  }
}
