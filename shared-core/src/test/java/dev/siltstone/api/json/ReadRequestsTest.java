package dev.siltstone.api.json;

import static dev.siltstone.api.json.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.json.IncludeList.Include;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReadRequestsTest {
  @Test
  void readsAGetWithItsDefaults() {
    assertThat(get("{}")).isEqualTo(new GetRequest(null, null, null, null, 0, IncludeList.OF_GET));
    assertThat(get("{\"ids\":null,\"where\":null,\"limit\":null,\"offset\":null}"))
        .isEqualTo(get("{}"));
    assertThat(
            get(
                """
                {"ids":["a","",  "b"],"limit":4294967295,"offset":2,"include":["uris","distances"]}
                """))
        .isEqualTo(
            new GetRequest(
                List.of(new RecordId("a"), new RecordId("b")),
                null,
                null,
                Integer.MAX_VALUE,
                2,
                new IncludeList(List.of(Include.URIS, Include.DISTANCES))));
  }

  @Test
  void handsConditionsOnAsPlainObjects() {
    GetRequest request =
        get(
            """
            {"where":{"$and":[{"n":1},{"f":1.0},{"s":"x"},{"b":true},{"z":null},
             {"big":9223372036854775808}]},"where_document":"text"}
            """);
    assertThat(request.where())
        .isEqualTo(
            Map.of(
                "$and",
                Arrays.asList(
                    Map.of("n", 1L),
                    Map.of("f", 1.0),
                    Map.of("s", "x"),
                    Map.of("b", true),
                    java.util.Collections.singletonMap("z", null),
                    Map.of("big", 9223372036854775808.0))));
    assertThat(request.whereDocument()).isEqualTo("text");
  }

  @Test
  void readsAQuery() {
    QueryRequest request =
        query("{\"query_embeddings\":[[1,2.5],[]],\"n_results\":0}".replace(",[]", ""));
    assertThat(request.embeddings()).containsExactly(Embedding.of(1, 2.5f));
    assertThat(request.results()).isZero();
    assertThat(request.include()).isEqualTo(IncludeList.OF_QUERY);
    assertThat(query("{\"query_embeddings\":[]}").results()).isEqualTo(10);
    assertThat(query("{\"query_texts\":[\"a\"]}").texts()).containsExactly("a");
    assertThat(query("{\"query_texts\":[\"a\"],\"query_embeddings\":[[1]]}").texts()).isNull();
  }

  @Test
  void takesANumberBeyondTheFloatsForTheLargestOfThem() {
    assertThat(query("{\"query_embeddings\":[[1e40,-1e40]]}").embeddings())
        .containsExactly(Embedding.of(Float.MAX_VALUE, -Float.MAX_VALUE));
  }

  @Test
  void readsADelete() {
    assertThat(delete("{}")).isEqualTo(new DeleteRequest(null, null, null, null));
    assertThat(delete("{\"ids\":[\"a\"]}").filtered()).isFalse();
    assertThat(delete("{\"where_document\":{},\"limit\":1}").filtered()).isTrue();
    assertRefused(
        DeleteRequest::parse,
        "{\"ids\":[\"1\"],\"limit\":1}",
        400,
        "Validation error: limit, where: limit can only be specified when a where clause is"
            + " provided");
  }

  @Test
  void refusesWrongShapesInTheReferencesWords() {
    assertRefused(
        GetRequest::parse,
        "{\"include\":[\"nope\"]}",
        422,
        "include[0]: unknown variant `nope`, expected one of `distances`, `documents`,"
            + " `embeddings`, `metadatas`, `uris` at line 1 column 18");
    assertRefused(
        GetRequest::parse,
        "{\"limit\":-1}",
        422,
        "limit: invalid value: integer `-1`, expected u32 at line 1 column 11");
    assertRefused(
        GetRequest::parse,
        "{\"limit\":1.5}",
        422,
        "limit: invalid type: floating point `1.5`, expected u32 at line 1 column 12");
    assertRefused(
        QueryRequest::parse,
        "{\"n_results\":1}",
        422,
        "missing field `query_embeddings` at line 1 column 15");
    assertRefused(
        QueryRequest::parse,
        "{\"query_embeddings\":[\"AAAAAAAAAEAAAAAA\"],\"n_results\":1}",
        422,
        "query_embeddings[0]: invalid type: string \"AAAAAAAAAEAAAAAA\", expected a sequence at"
            + " line 1 column 39");
    assertRefused(
        QueryRequest::parse,
        "{\"query_embeddings\":[[null]]}",
        422,
        "query_embeddings[0][0]: invalid type: null, expected f32 at line 1 column 26");
  }

  @Test
  void refusesBadSyntaxWithItsPlace() {
    String prefix = "Failed to parse the request body as JSON: ";
    refusedSyntax("", prefix + "EOF while parsing a value at line 1 column 0");
    refusedSyntax("{\"limit\":", prefix + "limit: EOF while parsing a value at line 1 column 9");
    refusedSyntax(
        "{\n\"limit\":\n ", prefix + "limit: EOF while parsing a value at line 3 column 1");
    refusedSyntax("a=b", prefix + "expected value at line 1 column 1");
    refusedSyntax("{} {}", prefix + "trailing characters at line 1 column 4");
    refusedSyntax(
        "{\"ids\":[\"\\ud800\"]}",
        prefix + "ids[0]: lone leading surrogate in hex escape at line 1 column 16");
    refusedSyntax(
        "{\"where\":{\"a\":1e999}}", prefix + "where.a: number out of range at line 1 column 19");
  }

  private static void refusedSyntax(String body, String message) {
    assertRefused(GetRequest::parse, body, 400, message);
  }

  private static GetRequest get(String body) {
    return GetRequest.parse(bytes(body));
  }

  private static QueryRequest query(String body) {
    return QueryRequest.parse(bytes(body));
  }

  private static DeleteRequest delete(String body) {
    return DeleteRequest.parse(bytes(body));
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
