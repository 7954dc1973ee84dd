package dev.siltstone.api.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.api.AnswerRoom;
import dev.siltstone.api.ApiException;
import dev.siltstone.api.json.IncludeList.Include;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.RecordId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

class RecordsJsonTest {
  private AnswerSize size() {
    return json.size(AnswerRoom.NOT_COUNTED);
  }

  private static final IncludeList ALL = new IncludeList(List.of(Include.values()));
  private static final IncludeList NONE = new IncludeList(List.of());

  private final RecordsJson json = new RecordsJson(10_000);

  @Test
  void writesEveryColumnOfAGet() {
    assertThat(text(json.get(List.of(full(0.5f), bare()), ALL, size())))
        .isEqualTo(
            """
            {"ids":["a","b"],"embeddings":[[1.0,-0.1],null],"documents":["d",null],\
            "uris":["u",null],"metadatas":[{"f":3.0,"n":3},null],\
            "include":["distances","documents","embeddings","metadatas","uris"]}\
            """);
  }

  @Test
  void writesOneListPerQuery() {
    assertThat(
            text(json.query(List.of(List.of(full(0.010050476f), bare()), List.of()), ALL, size())))
        .isEqualTo(
            """
            {"ids":[["a","b"],[]],"embeddings":[[[1.0,-0.1],null],[]],\
            "documents":[["d",null],[]],"uris":[["u",null],[]],\
            "metadatas":[[{"f":3.0,"n":3},null],[]],"distances":[[0.010050476,null],[]],\
            "include":["distances","documents","embeddings","metadatas","uris"]}\
            """);
  }

  @Test
  void writesNullForWhatIsNotIncluded() {
    assertThat(text(json.get(List.of(full(0)), NONE, size())))
        .isEqualTo(
            """
            {"ids":["a"],"embeddings":null,"documents":null,"uris":null,"metadatas":null,\
            "include":[]}\
            """);
    assertThat(text(json.query(List.of(), IncludeList.OF_QUERY, size())))
        .isEqualTo(
            """
            {"ids":[],"embeddings":null,"documents":[],"uris":null,"metadatas":[],\
            "distances":[],"include":["documents","metadatas","distances"]}\
            """);
  }

  @Test
  void writesFloatsThatReadBackAsTheSameFloat() {
    long seed = 4242;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 5_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        RecordRow row = row(Embedding.of(value), 0);
        String written =
            text(json.get(List.of(row), new IncludeList(List.of(Include.EMBEDDINGS)), size()));
        String body = "{\"ids\":[\"a\"]," + written.substring(written.indexOf("\"embeddings\""));
        assertThat(
                WriteRequest.parse(
                        body.getBytes(StandardCharsets.UTF_8),
                        WriteKind.ADD,
                        MissingEmbeddings.REFUSED)
                    .embeddings())
            .as("seed %d, value %s", seed, value)
            .containsExactly(Embedding.of(value));
      }
    }
  }

  @Test
  void takesRoomForRecordsAndForTheJsonMadeOfThem() {
    List<Long> asked = new ArrayList<>();
    RecordsJson wide = new RecordsJson(100_000_000);
    AnswerSize size = wide.size(asked::add);
    RecordRow row = full(0);
    List<RecordRow> rows = Collections.nCopies(200_000, row);
    rows.forEach(each -> size.with(each, ALL));
    assertThat(asked).isSorted().hasSizeBetween(1, 50);
    long records = asked.getLast();
    int json = wide.get(rows, ALL, size).length;
    assertThat(asked).isSorted();
    assertThat(asked.getLast()).isGreaterThanOrEqualTo(records + 2L * json);
    assertThat(asked.getLast()).isLessThan(2 * records + 2L * json + (4 << 20));
  }

  @Test
  void givesUpOverItsLimitWithAdvice() {
    RecordsJson narrow = new RecordsJson(100);
    List<RecordRow> rows = Collections.nCopies(100, full(0));
    assertThatThrownBy(() -> narrow.get(rows, ALL, narrow.size(AnswerRoom.NOT_COUNTED)))
        .isInstanceOfSatisfying(
            ApiException.class,
            e -> {
              assertThat(e.status()).isEqualTo(413);
              assertThat(e)
                  .hasMessageContaining("limit of 100 bytes")
                  .hasMessageContaining("offset");
            });
  }

  private static RecordRow full(float distance) {
    return row(Embedding.of(1, -0.1f), distance);
  }

  private static RecordRow row(Embedding embedding, float distance) {
    Metadata metadata = Metadata.of(Map.of("n", new IntValue(3), "f", new FloatValue(3)));
    return new RecordRow(new RecordId("a"), embedding, "d", "u", metadata, distance);
  }

  private static RecordRow bare() {
    return new RecordRow(
        new RecordId("b"), null, null, null, Metadata.NONE, Float.POSITIVE_INFINITY);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
