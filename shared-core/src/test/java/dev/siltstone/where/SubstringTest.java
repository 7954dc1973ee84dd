package dev.siltstone.where;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SubstringTest {
  @Test
  void agreesWithTheJdkOnTextsOfFewCharacters() {
    int present = 0;
    for (long seed = 1; seed <= 20_000; seed++) {
      Random random = new Random(seed);
      String document = text(random, random.nextInt(400));
      int from = random.nextInt(document.length() + 1);
      String cut = document.substring(from, from + random.nextInt(document.length() - from + 1));
      String text = random.nextInt(3) == 0 ? cut + text(random, 1 + random.nextInt(40)) : cut;
      assertThat(Substring.occurs(text, document))
          .as("seed %d", seed)
          .isEqualTo(document.contains(text));
      present += text.length() > 32 && document.contains(text) ? 1 : 0;
    }
    assertThat(present).isGreaterThan(1_000);
  }

  /** The product of the lengths is 250 billion: the JDK's search takes minutes for it. */
  @Test
  void takesLinearTimeForTextsThatAlmostOccurEverywhere() {
    String document = "a".repeat(1_000_000);
    assertThat(Substring.occurs("a".repeat(500_000) + "b", document)).isFalse();
    assertThat(Substring.occurs("b" + "a".repeat(500_000), document)).isFalse();
    assertThat(Substring.occurs("a".repeat(1_000_000), document)).isTrue();
    assertThat(Substring.occurs("a".repeat(1_000_001), document)).isFalse();
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    int letters = 1 + random.nextInt(2);
    while (text.length() < length) {
      text.append((char) ('a' + random.nextInt(letters)));
    }
    return text.toString();
  }
}
