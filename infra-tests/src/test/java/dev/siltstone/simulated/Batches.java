package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.api.json.WriteKind;
import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.ingest.CollectionRef;
import dev.siltstone.ingest.WriteBatch;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Draws what clients write: a few of the few records, so that writes meet. */
final class Batches {
  private static final int MAX_RECORDS = 3;
  private static final List<WriteKind> KINDS =
      List.of(WriteKind.ADD, WriteKind.UPSERT, WriteKind.UPDATE);

  private final Random random;

  Batches(Random random) {
    this.random = random;
  }

  /** To add, upsert, update or delete a few records. */
  WriteBatch next() {
    return random.nextInt(4) == 0
        ? new WriteBatch.Deletion(collection(), someIds())
        : new WriteBatch.Records(collection(), records());
  }

  /** What a batch asks for, one record after another. */
  static List<Operation> operations(WriteBatch batch) {
    return switch (batch) {
      case WriteBatch.Deletion deletion ->
          deletion.ids().stream().<Operation>map(Operation.Delete::new).toList();
      case WriteBatch.Records records -> records.request().operations();
      case WriteBatch.Several several ->
          several.batches().stream().flatMap(each -> operations(each).stream()).toList();
    };
  }

  private static CollectionRef collection() {
    return new CollectionRef.ById(COLLECTION.tenant(), COLLECTION.database(), COLLECTION.id());
  }

  private WriteRequest records() {
    WriteKind kind = KINDS.get(random.nextInt(KINDS.size()));
    List<RecordId> ids = someIds();
    List<@Nullable Embedding> embeddings = new ArrayList<>();
    List<@Nullable String> documents = new ArrayList<>();
    List<MetadataPatch> metadatas = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      embeddings.add(
          Embedding.of(random.nextInt(100), random.nextInt(100), random.nextInt(100), i));
      documents.add(random.nextInt(4) == 0 ? null : "text " + random.nextInt(1_000));
      MetadataValue number = new IntValue(random.nextInt(3));
      metadatas.add(
          random.nextInt(3) == 0 ? MetadataPatch.NONE : MetadataPatch.setting(Map.of("n", number)));
    }
    return new WriteRequest(
        kind, ids, embeddings, documents, Collections.nCopies(ids.size(), null), metadatas);
  }

  private List<RecordId> someIds() {
    List<RecordId> ids = new ArrayList<>(World.IDS);
    Collections.shuffle(ids, random);
    return ids.subList(0, 1 + random.nextInt(MAX_RECORDS));
  }
}
