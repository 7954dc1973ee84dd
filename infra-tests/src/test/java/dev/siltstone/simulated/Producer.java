package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.api.json.WriteKind;
import dev.siltstone.api.json.WriteRequest;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.ingest.CollectionRef;
import dev.siltstone.ingest.IngestLimits;
import dev.siltstone.ingest.Ingestor;
import dev.siltstone.ingest.WriteBatch;
import dev.siltstone.log.Receipt;
import dev.siltstone.metrics.Metrics;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.storage.Checksum;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Writes small random batches through the real ingestor, and now and then bytes of its own. */
final class Producer {
  private static final int MAX_RECORDS = 3;
  private static final List<WriteKind> KINDS =
      List.of(WriteKind.ADD, WriteKind.UPSERT, WriteKind.UPDATE);

  private final Machine machine;
  private final History history;
  private final Writing writing;
  private final Ingestor ingestor;
  private final Random random;

  Producer(Machine machine, History history, Writing writing) {
    this.machine = machine;
    this.history = history;
    this.writing = writing;
    this.random = machine.random;
    this.ingestor =
        new Ingestor(
            machine.services.catalog(),
            machine.services.log(),
            machine.commit,
            machine.services.notices(),
            EmbeddingFunctions.NONE,
            IngestLimits.DEFAULT,
            machine.clock,
            Metrics.NONE);
  }

  /** Adds, upserts, updates or deletes a few records. */
  void write() {
    if (random.nextInt(4) == 0) {
      List<RecordId> ids = someIds();
      List<Operation> operations = ids.stream().<Operation>map(Operation.Delete::new).toList();
      WriteBatch batch = new WriteBatch.Deletion(collection(), ids);
      tell(new Write.Content.Operations(operations), () -> ingestor.ingest(batch).orElseThrow());
    } else {
      WriteRequest request = records();
      WriteBatch batch = new WriteBatch.Records(collection(), request);
      tell(
          new Write.Content.Operations(request.operations()),
          () -> ingestor.ingest(batch).orElseThrow());
    }
  }

  /** Commits bytes that nobody, or nobody of this version, can read. */
  void writeUnreadable(Write.Kind kind) {
    byte[] bytes =
        switch (kind) {
          case POISON -> ("poison " + random.nextLong()).getBytes(StandardCharsets.UTF_8);
          case NEWER_FORMAT -> NewerDelta.bytes(random.nextLong());
        };
    tell(
        new Write.Content.Unreadable(kind),
        () ->
            machine.commit.commit(
                COLLECTION.id(), null, id -> new EncodedDelta(id, bytes, Checksum.of(bytes), 1)));
  }

  private void tell(Write.Content content, Supplier<Receipt> commit) {
    Write write = history.begin(content);
    writing.begins(write);
    try {
      history.acknowledged(write, commit.get().sequence());
    } catch (UnavailableException e) {
      write.refuse();
      throw e;
    } catch (CorruptDataException e) {
      if (!write.is(Write.Kind.POISON)) {
        throw e;
      }
    }
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
