package dev.siltstone.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The parser remembers names; no names of one text may spoil the reading of another. */
class HostileNamesTest {
  private static final int MANY = 100_000;

  @Test
  void doNotKeepOthersFromBeingRead() throws Exception {
    assertThat(fields(MANY, HostileNamesTest::similar)).isEqualTo(MANY);
    for (String letter : new String[] {"k", "q", "z"}) {
      assertThat(fields(2_000, i -> letter + i)).isEqualTo(2_000);
    }
    assertThat(fields(MANY, HostileNamesTest::similar)).isEqualTo(MANY);
  }

  private static int fields(int count, IntFunction<String> name) throws Exception {
    String text =
        IntStream.range(0, count)
            .mapToObj(i -> '"' + name.apply(i) + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    int fields = 0;
    try (JsonParser parser = Json.FACTORY.createParser(text.getBytes(StandardCharsets.UTF_8))) {
      while (parser.nextToken() != null) {
        fields += parser.currentToken().isNumeric() ? 1 : 0;
      }
    }
    return fields;
  }

  /** Names that Java's and the parser's hash codes hardly tell apart. */
  private static String similar(int number) {
    StringBuilder name = new StringBuilder();
    for (int bit = 16; bit >= 0; bit--) {
      name.append((number >> bit & 1) == 0 ? "Aa" : "BB");
    }
    return name.toString();
  }
}
