package dev.siltstone.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolList;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataJsonTest {
  @Test
  void keepsEveryKindApart() {
    Metadata metadata =
        Metadata.of(
            Map.of(
                "int", new IntValue(3),
                "float", new FloatValue(3),
                "string", new StringValue("3\"\u0000ü😀"),
                "bool", new BoolValue(true),
                "ints", new IntList(List.of(new IntValue(1), new IntValue(Long.MIN_VALUE))),
                "floats", new FloatList(List.of(new FloatValue(1), new FloatValue(1e300))),
                "strings", new StringList(List.of(new StringValue(""))),
                "bools", new BoolList(List.of(new BoolValue(false)))));
    String text = MetadataJson.text(metadata);
    assertThat(text).contains("\"int\":3,").contains("\"float\":3.0,");
    assertThat(MetadataJson.metadata(text)).isEqualTo(metadata);
  }

  @Test
  void writesARemovedKeyAsNull() {
    MetadataPatch patch = MetadataPatch.of(Map.of("a", new IntValue(1)), Set.of("b"));
    assertThat(MetadataJson.text(patch)).isEqualTo("{\"a\":1,\"b\":null}");
    assertThat(MetadataJson.patch("{\"a\":1,\"b\":null}")).isEqualTo(patch);
    assertThat(MetadataJson.patch("{}")).isSameAs(MetadataPatch.NONE);
  }

  @Test
  void readsBackAnyFloatBitForBit() {
    long seed = 20260727;
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    for (int i = 0; i < 20_000; i++) {
      double value = Double.longBitsToDouble(random.nextLong());
      if (Double.isFinite(value)) {
        MetadataValue expected = new FloatValue(value);
        String text = MetadataJson.text(Metadata.of(Map.of("k", expected)));
        assertThat(MetadataJson.metadata(text).get("k"))
            .as("seed %d, value %s", seed, value)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void takesAListOfIntegersAndFloatsAsFloats() {
    assertThat(MetadataJson.metadata("{\"k\":[1,2.5]}").get("k"))
        .isEqualTo(new FloatList(List.of(new FloatValue(1), new FloatValue(2.5))));
    assertThat(MetadataJson.metadata("{\"k\":9223372036854775808}").get("k"))
        .isEqualTo(new FloatValue(9223372036854775808.0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"k\":}",
        "{\"k\":{}}",
        "{\"k\":[]}",
        "{\"k\":[1,\"a\"]}",
        "{\"k\":[[1]]}",
        "{\"k\":[null]}",
        "{\"k\":null}",
        "{\"#k\":1}",
        "{\"\":1}",
        "{} {}",
        "{\"k\":1e999}"
      })
  void takesAnythingElseForDamage(String text) {
    assertThatThrownBy(() -> MetadataJson.metadata(text)).isInstanceOf(CorruptDataException.class);
  }
}
