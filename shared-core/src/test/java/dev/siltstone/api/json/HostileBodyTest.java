package dev.siltstone.api.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.ErrorResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;

/** Whatever a client sends, it is told what is wrong with it: never a 5xx, never an overflow. */
class HostileBodyTest {
  private static final List<Function<byte[], ?>> PARSERS =
      List.of(
          body -> WriteRequest.parse(body, WriteKind.ADD, MissingEmbeddings.REFUSED),
          body -> WriteRequest.parse(body, WriteKind.UPDATE, MissingEmbeddings.REFUSED),
          body -> WriteRequest.parse(body, WriteKind.UPSERT, MissingEmbeddings.MADE_FROM_DOCUMENTS),
          GetRequest::parse,
          QueryRequest::parse,
          DeleteRequest::parse);

  private static final String SEED_BODY =
      """
      {"ids":["a","b"],"embeddings":[[1,0.5],[-2e1,3]],"query_embeddings":[[1e40]],\
      "documents":[null,"dü😀"],"metadatas":[{"k":"v","n":[1,2.5],"z":null},null],"limit":3,\
      "where":{"$and":[{"a":{"$gt":1}}]},"include":["uris"],"n_results":7,"offset":0}\
      """;

  @Test
  void refusesEveryKindOfHostileBody() {
    for (String value :
        List.of(
            "[".repeat(100_000),
            "{\"a\":".repeat(100_000),
            "9".repeat(100_000),
            "1e" + "9".repeat(500),
            "-",
            "NaN",
            "\"" + "\\u0000".repeat(10) + "\"",
            "\"\\ud800\\ud800\"",
            "{\"" + "k".repeat(100_000) + "\":1}",
            "{\"\\udc00\":1}",
            "\u0000",
            "/* comment */ 1",
            "'a'",
            "01",
            "[1,]",
            "{\"a\":1,}",
            "tru")) {
      for (String field : List.of("ids", "embeddings", "metadatas", "where", "include", "x")) {
        assertNoFault(
            ("{\"ids\":[\"a\"],\"" + field + "\":" + value + "}").getBytes(StandardCharsets.UTF_8));
      }
      assertNoFault(value.getBytes(StandardCharsets.UTF_8));
      assertNoFault(value.getBytes(StandardCharsets.UTF_16));
    }
  }

  @Test
  void refusesBytesThatAreNotUtf8() {
    for (byte[] bad :
        new byte[][] {
          {(byte) 0xff},
          {(byte) 0xc0, (byte) 0x80},
          {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
          {(byte) 0xf4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
          {(byte) 0xe2, (byte) 0x82}
        }) {
      byte[] body = "{\"ids\":[\"....\"],\"embeddings\":[[1]]}".getBytes(StandardCharsets.UTF_8);
      System.arraycopy(bad, 0, body, 9, bad.length);
      assertThat(statuses(body)).containsOnly(400);
    }
  }

  @Test
  void answersMutatedBodiesWithoutAFault() {
    long seed = 90210;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    byte[] pool = (SEED_BODY + "{}[]:,\"\\u0e-.").getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 20_000; round++) {
      byte[] body = SEED_BODY.getBytes(StandardCharsets.UTF_8);
      for (int change = 1 + random.nextInt(4); change > 0; change--) {
        body[random.nextInt(body.length)] =
            random.nextInt(8) == 0 ? (byte) random.nextInt() : pool[random.nextInt(pool.length)];
      }
      for (int status : statuses(body)) {
        assertThat(status).as("seed %d, round %d", seed, round).isIn(200, 400, 422, 501);
      }
    }
  }

  private static void assertNoFault(byte[] body) {
    assertThat(statuses(body)).as("%d bytes", body.length).isSubsetOf(200, 400, 422, 501);
  }

  private static List<Integer> statuses(byte[] body) {
    List<Integer> statuses = new ArrayList<>();
    for (Function<byte[], ?> parser : PARSERS) {
      statuses.add(status(parser, body));
    }
    return statuses;
  }

  private static int status(Function<byte[], ?> parser, byte[] body) {
    try {
      return parser.apply(body) == null ? 0 : 200;
    } catch (RuntimeException e) {
      return ErrorResponse.of(e).status();
    }
  }
}
