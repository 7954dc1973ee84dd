package dev.siltstone.api.json;

import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import java.io.IOException;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a write as the body has them. Shapes are checked while reading; the rules that
 * span columns afterwards, in Chroma's order.
 */
final class WriteFields {
  private final BodyReader in;
  private final WriteKind kind;
  private @Nullable List<String> ids;
  private @Nullable List<@Nullable Embedding> embeddings;
  private @Nullable List<@Nullable String> documents;
  private @Nullable List<@Nullable String> uris;
  private @Nullable List<@Nullable MetadataFields> metadatas;

  private WriteFields(BodyReader in, WriteKind kind) {
    this.in = in;
    this.kind = kind;
  }

  static WriteFields read(BodyReader in, WriteKind kind, MissingEmbeddings missing)
      throws IOException {
    WriteFields fields = new WriteFields(in, kind);
    in.fields("struct CollectionRecordsPayload", fields::read);
    if (fields.ids == null) {
      throw in.errors().missingField("ids");
    }
    if (fields.embeddings == null && kind.needsEmbeddings() && !fields.mayLack(missing)) {
      throw in.errors().missingField("embeddings");
    }
    return fields;
  }

  private boolean mayLack(MissingEmbeddings missing) {
    return missing == MissingEmbeddings.MADE_FROM_DOCUMENTS && documents != null;
  }

  private boolean read(String name) throws IOException {
    switch (name) {
      case "ids" -> ids = in.list(BodyReader::string);
      case "embeddings" -> embeddings = readEmbeddings();
      case "documents" -> documents = readTexts();
      case "uris" -> uris = readTexts();
      case "metadatas" -> metadatas = in.nullable(each -> each.sparseList(this::readMetadata));
      default -> {
        return false;
      }
    }
    return true;
  }

  private @Nullable List<@Nullable Embedding> readEmbeddings() throws IOException {
    EmbeddingsReader reader = new EmbeddingsReader(in);
    return kind.needsEmbeddings()
        ? reader.read("EmbeddingsPayload", EmbeddingsReader.Nulls.REFUSED)
        : in.nullable(_ -> reader.read("UpdateEmbeddingsPayload", EmbeddingsReader.Nulls.ALLOWED));
  }

  private @Nullable List<@Nullable String> readTexts() throws IOException {
    return in.nullable(each -> each.sparseList(BodyReader::string));
  }

  private MetadataFields readMetadata(BodyReader item) throws IOException {
    return MetadataFields.read(item, kind.nulls());
  }

  /** The request, once the rules that span columns hold. */
  WriteRequest check() {
    List<String> given = Objects.requireNonNull(ids);
    checkMetadataKeys();
    checkDimensions();
    checkLengths(given.size());
    WriteRequest request =
        new WriteRequest(
            kind,
            RecordIds.required(given),
            embeddings,
            column(documents, given.size()),
            column(uris, given.size()),
            patches(given.size()));
    refuseSparseVectors();
    return request;
  }

  private void checkMetadataKeys() {
    for (int i = 0; metadatas != null && i < metadatas.size(); i++) {
      MetadataFields fields = metadatas.get(i);
      if (fields != null && fields.badKey() != null) {
        throw new InvalidRequestException(
            "Validation error: metadatas: Invalid metadata at index " + i);
      }
    }
  }

  private void checkDimensions() {
    if (embeddings == null) {
      return;
    }
    long dimensions =
        embeddings.stream()
            .filter(Objects::nonNull)
            .mapToInt(Embedding::dimension)
            .distinct()
            .limit(2)
            .count();
    if (dimensions > 1) {
      throw new InvalidRequestException("Inconsistent dimensions in provided embeddings");
    }
  }

  private void checkLengths(int expected) {
    boolean equal =
        Stream.<@Nullable Collection<?>>of(embeddings, documents, uris, metadatas)
            .allMatch(column -> column == null || column.size() == expected);
    if (!equal) {
      throw new InvalidRequestException(
          "Inconsistent number of IDs, embeddings, documents, URIs and metadatas");
    }
  }

  private void refuseSparseVectors() {
    if (metadatas == null) {
      return;
    }
    for (MetadataFields fields : metadatas) {
      if (fields != null && fields.sparseKey() != null) {
        throw ApiException.notImplemented(
            "Unimplemented: Sparse vector is not supported for local chroma: "
                + fields.sparseKey());
      }
    }
  }

  private List<MetadataPatch> patches(int size) {
    return metadatas == null
        ? Collections.nCopies(size, MetadataPatch.NONE)
        : metadatas.stream()
            .map(fields -> fields == null ? MetadataPatch.NONE : fields.patch())
            .toList();
  }

  private static List<@Nullable String> column(@Nullable List<@Nullable String> given, int size) {
    return given == null ? Collections.nCopies(size, null) : given;
  }
}
