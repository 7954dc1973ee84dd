package dev.siltstone.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ObjectKeyTest {
  private static final Pattern KEY =
      Pattern.compile("[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*");
  private static final Pattern CHECKSUM = Pattern.compile("[0-9a-f]{64}");
  private static final long SEED = 3;

  @Test
  void takesExactlyTheKeysOfItsForm() {
    Random random = new Random(SEED);
    int good = 0;
    for (int i = 0; i < 20_000; i++) {
      String value = drawn(random, "az09_-./.A~é", random.nextInt(6));
      boolean fits = KEY.matcher(value).matches();
      assertThat(takes(ObjectKey::new, value)).as("key '%s'", value).isEqualTo(fits);
      good += fits ? 1 : 0;
    }
    assertThat(good).isGreaterThan(1_000);
    assertThat(takes(ObjectKey::new, "a".repeat(512))).isTrue();
    assertThat(takes(ObjectKey::new, "a".repeat(513))).isFalse();
  }

  @Test
  void takesExactlyTheChecksumsOfTheirForm() {
    Random random = new Random(SEED);
    for (int i = 0; i < 1_000; i++) {
      String value = drawn(random, "0123456789abcdef", 63 + random.nextInt(3));
      assertThat(takes(Checksum::new, value))
          .as("checksum '%s'", value)
          .isEqualTo(CHECKSUM.matcher(value).matches());
      for (String other : new String[] {"g", "A", "`", "/", ":", "é"}) {
        assertThat(takes(Checksum::new, value.substring(0, 63) + other)).isFalse();
      }
    }
  }

  private static String drawn(Random random, String letters, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  private static boolean takes(Consumer<String> maker, String value) {
    try {
      maker.accept(value);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
