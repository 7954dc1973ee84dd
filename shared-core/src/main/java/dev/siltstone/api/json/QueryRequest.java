package dev.siltstone.api.json;

import dev.siltstone.record.Embedding;
import dev.siltstone.record.RecordId;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code query}. Its answer has one list per query, in order.
 *
 * @param embeddings one vector per query, or null if the queries are {@code texts}
 * @param texts one text per query, to be embedded by the collection's function (an extension); null
 *     if the queries are {@code embeddings}
 * @param results at most so many records per query
 * @param ids only these records, or null for all; an id that no record can have is left out
 * @param where a tree of Map, List, String, Long, Double, Boolean and null, or null for no
 *     condition
 * @param whereDocument likewise
 */
public record QueryRequest(
    @Nullable List<Embedding> embeddings,
    @Nullable List<String> texts,
    int results,
    @Nullable List<RecordId> ids,
    @Nullable Object where,
    @Nullable Object whereDocument,
    IncludeList include) {
  private static final int DEFAULT_RESULTS = 10;

  public QueryRequest {
    if ((embeddings == null) == (texts == null)) {
      throw new IllegalArgumentException("queries are either embeddings or texts");
    }
  }

  /** How many queries it has. */
  public int size() {
    return embeddings != null ? embeddings.size() : texts != null ? texts.size() : 0;
  }

  /**
   * Reads a body. Embeddings win over texts where both are given.
   *
   * @throws dev.siltstone.failure.InvalidRequestException if it is not JSON
   * @throws dev.siltstone.api.ApiException with status 422 if it has another shape
   */
  public static QueryRequest parse(byte[] body) {
    return BodyReader.read(body, QueryRequest::read);
  }

  private static QueryRequest read(BodyReader in) throws IOException {
    FilterFields filter = new FilterFields(in);
    Fields fields = new Fields(in, filter);
    in.fields("struct QueryRequestPayload", fields::read);
    if (fields.embeddings == null && fields.texts == null) {
      throw in.errors().missingField("query_embeddings");
    }
    return new QueryRequest(
        fields.embeddings,
        fields.embeddings == null ? fields.texts : null,
        fields.results == null ? DEFAULT_RESULTS : fields.results,
        filter.ids(),
        filter.where(),
        filter.whereDocument(),
        fields.include);
  }

  private static final class Fields {
    private final BodyReader in;
    private final FilterFields filter;
    private @Nullable List<Embedding> embeddings;
    private @Nullable List<String> texts;
    private @Nullable Integer results;
    private IncludeList include = IncludeList.OF_QUERY;

    Fields(BodyReader in, FilterFields filter) {
      this.in = in;
      this.filter = filter;
    }

    boolean read(String name) throws IOException {
      switch (name) {
        case "query_embeddings" -> embeddings = new EmbeddingsReader(in).readQueries();
        case "query_texts" -> texts = in.nullable(each -> each.list(BodyReader::string));
        case "n_results" -> results = in.nullable(BodyReader::u32);
        case "include" -> include = IncludeList.read(in);
        default -> {
          return filter.read(name);
        }
      }
      return true;
    }
  }
}
