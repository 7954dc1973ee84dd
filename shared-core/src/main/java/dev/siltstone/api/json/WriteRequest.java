package dev.siltstone.api.json;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code add}, {@code upsert} and {@code update}: columns of equal length, one entry
 * per record, in the order the operations take effect.
 *
 * @param embeddings null if the body has none; an entry is null where an update keeps a vector
 * @param documents null entries where none is given
 * @param uris null entries where none is given
 */
public record WriteRequest(
    WriteKind kind,
    List<RecordId> ids,
    @Nullable List<@Nullable Embedding> embeddings,
    List<@Nullable String> documents,
    List<@Nullable String> uris,
    List<MetadataPatch> metadatas) {
  public WriteRequest {
    ids = List.copyOf(ids);
    metadatas = List.copyOf(metadatas);
    documents = Collections.unmodifiableList(documents);
    uris = Collections.unmodifiableList(uris);
    embeddings = embeddings == null ? null : Collections.unmodifiableList(embeddings);
  }

  /**
   * Reads and checks a body.
   *
   * @throws InvalidRequestException if it is not JSON, or breaks a rule of records
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape, 501 if it
   *     carries sparse vectors
   */
  public static WriteRequest parse(byte[] body, WriteKind kind, MissingEmbeddings missing) {
    return BodyReader.read(body, in -> WriteFields.read(in, kind, missing)).check();
  }

  /** Whether the other request can follow in one list of columns. */
  public boolean isLike(WriteRequest other) {
    return kind == other.kind && (embeddings == null) == (other.embeddings == null);
  }

  /**
   * One request of several, in order.
   *
   * @param parts at least one, all {@link #isLike alike}
   */
  public static WriteRequest joined(List<WriteRequest> parts) {
    WriteRequest first = parts.getFirst();
    return new WriteRequest(
        first.kind,
        column(parts, WriteRequest::ids),
        first.embeddings == null
            ? null
            : column(parts, part -> Objects.requireNonNull(part.embeddings)),
        column(parts, WriteRequest::documents),
        column(parts, WriteRequest::uris),
        column(parts, WriteRequest::metadatas));
  }

  private static <T extends @Nullable Object> List<T> column(
      List<WriteRequest> parts, Function<WriteRequest, List<T>> column) {
    List<T> all = new ArrayList<>();
    parts.forEach(part -> all.addAll(column.apply(part)));
    return all;
  }

  /** How many records it writes. */
  public int size() {
    return ids.size();
  }

  /** Whether the vectors have to be made from the documents before there are operations. */
  public boolean lacksEmbeddings() {
    return embeddings == null && kind.needsEmbeddings() && !ids.isEmpty();
  }

  /** The documents to embed, one per record, when {@link #lacksEmbeddings()}. */
  public List<String> documentsToEmbed() {
    List<String> texts = new ArrayList<>(documents.size());
    for (String document : documents) {
      if (document == null) {
        throw new InvalidRequestException(
            "Record " + texts.size() + " has neither an embedding nor a document to make one from");
      }
      texts.add(document);
    }
    return texts;
  }

  /** The same request with vectors, one per record. */
  public WriteRequest withEmbeddings(List<Embedding> made) {
    if (made.size() != ids.size()) {
      throw new IllegalArgumentException(
          made.size() + " embeddings for " + ids.size() + " records");
    }
    return new WriteRequest(kind, ids, new ArrayList<>(made), documents, uris, metadatas);
  }

  /** One operation per record, in order. */
  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      operations.add(operation(i));
    }
    return operations;
  }

  private Operation operation(int i) {
    RecordId id = ids.get(i);
    Embedding embedding = embeddings == null ? null : embeddings.get(i);
    String document = documents.get(i);
    String uri = uris.get(i);
    MetadataPatch metadata = metadatas.get(i);
    return switch (kind) {
      case ADD -> new Operation.Add(id, required(embedding), document, uri, metadata);
      case UPSERT -> new Operation.Upsert(id, required(embedding), document, uri, metadata);
      case UPDATE -> new Operation.Update(id, embedding, document, uri, metadata);
    };
  }

  private static Embedding required(@Nullable Embedding embedding) {
    return Objects.requireNonNull(embedding, "documents have not been embedded yet");
  }
}
