package dev.siltstone.api.json;

import static dev.siltstone.api.json.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WriteRequestTest {
  private static final String VARIANT = "data did not match any variant of untagged enum ";

  @Test
  void readsEveryColumnInAnyOrder() {
    assertThat(
            add("""
            {"uris":["u",null],"x":{"ids":[1]},"metadatas":[{"k":"v","n":1},null],
             "documents":[null,"d"],"embeddings":[[1,0.5],[-2e1,3]],"ids":["a","b"]}
            """)
                .operations())
        .containsExactly(
            new Operation.Add(
                new RecordId("a"),
                Embedding.of(1, 0.5f),
                null,
                "u",
                MetadataPatch.setting(Map.of("k", new StringValue("v"), "n", new IntValue(1)))),
            new Operation.Add(
                new RecordId("b"), Embedding.of(-20, 3), "d", null, MetadataPatch.NONE));
  }

  @Test
  void readsBase64AsLittleEndianFloats() {
    assertThat(add("{\"ids\":[\"h\"],\"embeddings\":[\"AAAAAAAAAEAAAAAA\"]}").embeddings())
        .containsExactly(Embedding.of(0, 2, 0));
  }

  @ParameterizedTest
  @CsvSource({"0.1,0.1", "3.4028235e38,3.4028235e38", "1e-45,1e-45", "16777217,16777216"})
  void readsNumbersAsTheNearestFloat(String number, float expected) {
    assertThat(add("{\"ids\":[\"h\"],\"embeddings\":[[" + number + "]]}").embeddings())
        .containsExactly(Embedding.of(expected));
  }

  @Test
  void keepsWideAndNarrowVectorsWhole() {
    String wide = "[1" + ",1".repeat(5_000) + "]";
    assertThat(add("{\"ids\":[\"a\"],\"embeddings\":[" + wide + "]}").embeddings())
        .singleElement()
        .extracting(Embedding::dimension)
        .isEqualTo(5_001);
  }

  @Test
  void updatesMayLeaveVectorsOutAndRemoveKeys() {
    WriteRequest request =
        parse(
            """
            {"ids":["a","b"],"embeddings":[null,[1]],"metadatas":[{"k":null,"z":7},{"e":[]}]}
            """,
            WriteKind.UPDATE);
    assertThat(request.operations())
        .containsExactly(
            new Operation.Update(
                new RecordId("a"),
                null,
                null,
                null,
                MetadataPatch.of(Map.of("z", new IntValue(7)), Set.of("k"))),
            new Operation.Update(
                new RecordId("b"),
                Embedding.of(1),
                null,
                null,
                MetadataPatch.of(Map.of(), Set.of("e"))));
    assertThat(parse("{\"ids\":[\"a\"],\"embeddings\":null}", WriteKind.UPDATE).operations())
        .containsExactly(
            new Operation.Update(new RecordId("a"), null, null, null, MetadataPatch.NONE));
  }

  @Test
  void takesTheLastOfARepeatedMetadataKey() {
    WriteRequest request =
        parse("{\"ids\":[\"a\"],\"metadatas\":[{\"k\":1,\"k\":null}]}", WriteKind.UPDATE);
    assertThat(request.metadatas()).containsExactly(MetadataPatch.of(Map.of(), Set.of("k")));
  }

  @Test
  void acceptsAnEmptyBatch() {
    assertThat(add("{\"ids\":[],\"embeddings\":[]}").operations()).isEmpty();
  }

  @Test
  void leavesEmbeddingToTheServerOnlyWhereTheCallerSaysSo() {
    String body = "{\"ids\":[\"a\"],\"documents\":[\"text\"]}";
    assertRefused(bytes -> add(bytes), body, 422, "missing field `embeddings` at line 1 column 34");
    WriteRequest request =
        WriteRequest.parse(bytes(body), WriteKind.UPSERT, MissingEmbeddings.MADE_FROM_DOCUMENTS);
    assertThat(request.lacksEmbeddings()).isTrue();
    assertThat(request.documentsToEmbed()).containsExactly("text");
    assertThat(request.withEmbeddings(List.of(Embedding.of(1))).operations())
        .containsExactly(
            new Operation.Upsert(
                new RecordId("a"), Embedding.of(1), "text", null, MetadataPatch.NONE));
  }

  @Test
  void needsADocumentForEveryVectorToBeMade() {
    WriteRequest request =
        WriteRequest.parse(
            bytes("{\"ids\":[\"a\",\"b\"],\"documents\":[\"text\",null]}"),
            WriteKind.ADD,
            MissingEmbeddings.MADE_FROM_DOCUMENTS);
    assertThatThrownBy(request::documentsToEmbed)
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("Record 1 has neither");
    assertRefused(
        bytes -> WriteRequest.parse(bytes, WriteKind.ADD, MissingEmbeddings.MADE_FROM_DOCUMENTS),
        "{\"ids\":[\"a\"]}",
        422,
        "missing field `embeddings` at line 1 column 13");
  }

  @Test
  void refusesWrongShapesInTheReferencesWords() {
    refused("{\"ids\":[\"w\"]}", 422, "missing field `embeddings` at line 1 column 13");
    refused("{}", 422, "missing field `ids` at line 1 column 2");
    refused(
        "{\"ids\":[\"w\"],\"embeddings\":null}",
        422,
        "embeddings: " + VARIANT + "EmbeddingsPayload at line 1 column 31");
    refused(
        "{\"ids\":[\"n\"],\"embeddings\":[[null,1]]}",
        422,
        "embeddings: " + VARIANT + "EmbeddingsPayload at line 1 column 37");
    for (String metadata : List.of("{\"o\":{\"p\":1}}", "{\"o\":[1,\"x\"]}")) {
      refused(
          "{\"ids\":[\"m\"],\"embeddings\":[[1,2,3]],\"metadatas\":[" + metadata + "]}",
          422,
          "metadatas[0].o: " + VARIANT + "MetadataValue at line 1 column 62");
    }
    refused(
        "{\"ids\":[1],\"embeddings\":[]}",
        422,
        "ids[0]: invalid type: integer `1`, expected a string at line 1 column 9");
    refused(
        "{\"ids\":[\"a\"],\"ids\":[],\"embeddings\":[]}",
        422,
        "ids: duplicate field `ids` at line 1 column 20");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[1],\"AAAAAA==\"]",
        "[\"AAAAAA==\",[1]]",
        "[[[1]]]",
        "[{}]",
        "[null]",
        "{}",
        "5",
        "[true]"
      })
  void refusesMixedAndNestedEmbeddings(String embeddings) {
    String head = "{\"ids\":[\"a\"],\"embeddings\":";
    refused(
        head + embeddings + ",\"documents\":null}",
        422,
        "embeddings: "
            + VARIANT
            + "EmbeddingsPayload at line 1 column "
            + (head + embeddings).length());
  }

  @Test
  void refusesBrokenRulesInTheReferencesWords() {
    String inconsistent = "Inconsistent number of IDs, embeddings, documents, URIs and metadatas";
    refused("{\"ids\":[\"w\",\"v\"],\"embeddings\":[[1,2,3]]}", 400, inconsistent);
    refused("{\"ids\":[\"w\"],\"embeddings\":[[1]],\"documents\":[]}", 400, inconsistent);
    refused("{\"ids\":[\"w\"],\"embeddings\":[[1]],\"uris\":[null,null]}", 400, inconsistent);
    refused("{\"ids\":[\"w\"],\"embeddings\":[[1]],\"metadatas\":[]}", 400, inconsistent);
    refused(
        "{\"ids\":[\"\"],\"embeddings\":[[1]]}",
        400,
        "Empty ID, ID must have at least one character");
    for (String key : List.of("#x", "$x", "")) {
      refused(
          "{\"ids\":[\"m\"],\"embeddings\":[[1]],\"metadatas\":[{\"" + key + "\":1}]}",
          400,
          "Validation error: metadatas: Invalid metadata at index 0");
    }
    refused(
        "{\"ids\":[\"m\"],\"embeddings\":[[1]],\"metadatas\":[{\"sv\":{\"indices\":[1],\"values\":[1]}}]}",
        501,
        "Unimplemented: Sparse vector is not supported for local chroma: sv");
    refused(
        "{\"ids\":[\"n\"],\"embeddings\":[[1e40,1]]}",
        400,
        "Validation error: embeddings: Embeddings must not contain NaN or Infinity values");
    refused(
        "{\"ids\":[\"a\",\"b\"],\"embeddings\":[[1],[1,2]]}",
        400,
        "Inconsistent dimensions in provided embeddings");
    refused(
        "{\"ids\":[\"a\"],\"embeddings\":[\"AAA\"]}",
        400,
        "Base64 decoding error: Invalid byte length: 2 bytes cannot be converted to f32 values"
            + " (must be divisible by 4)");
  }

  @Test
  void refusesNullMetadataOnlyWhereThereIsNothingToRemove() {
    String body = "{\"ids\":[\"m\"],\"embeddings\":[[1]],\"metadatas\":[{\"k\":null}]}";
    refused(body, 422, "metadatas[0].k: " + VARIANT + "MetadataValue at line 1 column 55");
    assertThat(parse(body, WriteKind.UPSERT).metadatas())
        .containsExactly(MetadataPatch.of(Map.of(), Set.of("k")));
  }

  private static void refused(String body, int status, String message) {
    assertRefused(WriteRequestTest::add, body, status, message);
  }

  private static WriteRequest add(String body) {
    return parse(body, WriteKind.ADD);
  }

  private static WriteRequest add(byte[] body) {
    return WriteRequest.parse(body, WriteKind.ADD, MissingEmbeddings.REFUSED);
  }

  private static WriteRequest parse(String body, WriteKind kind) {
    return WriteRequest.parse(bytes(body), kind, MissingEmbeddings.REFUSED);
  }

  private static byte[] bytes(String body) {
    return body.getBytes(StandardCharsets.UTF_8);
  }
}
