package dev.siltstone.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.query.search.Grouping.Direction;
import dev.siltstone.query.search.SearchKey.Field;
import dev.siltstone.query.search.SearchKey.Part;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GroupingTest {
  private record Stone(String name, float score, Metadata metadata) implements Grouping.Scored {}

  private static final List<Stone> STONES =
      List.of(
          stone("a", 1, Map.of("kind", text("slate"), "year", new IntValue(3))),
          stone("b", 2, Map.of("kind", text("slate"), "year", new FloatValue(2.5))),
          stone("c", 3, Map.of("kind", text("chalk"), "year", new IntValue(1))),
          stone("d", 4, Map.of("year", new IntValue(9))),
          stone("e", 5, Map.of("kind", text("slate"))),
          stone("f", 6, Map.of()));

  @Test
  void keepsTheBestOfEachGroupInTheirOrder() {
    assertThat(kept(List.of(Part.SCORE), Direction.MIN, 1)).containsExactly("a", "c", "d");
    assertThat(kept(List.of(Part.SCORE), Direction.MIN, 2))
        .containsExactly("a", "b", "c", "d", "f");
  }

  @Test
  void keepsTheWorstIfAskedTo() {
    assertThat(kept(List.of(Part.SCORE), Direction.MAX, 1)).containsExactly("c", "e", "f");
  }

  @Test
  void sortsByFieldsWithTheMissingFirst() {
    assertThat(kept(List.of(new Field("year")), Direction.MIN, 1)).containsExactly("c", "e", "f");
    assertThat(kept(List.of(new Field("year")), Direction.MAX, 1)).containsExactly("a", "c", "d");
  }

  @Test
  void breaksTiesByTheNextKey() {
    assertThat(kept(List.of(new Field("none"), Part.SCORE), Direction.MAX, 1))
        .containsExactly("c", "e", "f");
  }

  @Test
  void comparesAcrossKinds() {
    List<Stone> stones =
        List.of(
            stone("text", 1, Map.of("v", text("1"))),
            stone("number", 2, Map.of("v", new IntValue(7))),
            stone("flag", 3, Map.of("v", new BoolValue(true))));
    Grouping grouping =
        new Grouping(List.of(new Field("group")), List.of(new Field("v")), Direction.MIN, 1);
    assertThat(grouping.thin(stones, Stone::metadata))
        .extracting(Stone::name)
        .containsExactly("flag");
  }

  private static List<String> kept(List<SearchKey> by, Direction direction, int keep) {
    Grouping grouping = new Grouping(List.of(new Field("kind")), by, direction, keep);
    return grouping.thin(STONES, Stone::metadata).stream().map(Stone::name).toList();
  }

  private static Stone stone(String name, float score, Map<String, MetadataValue> metadata) {
    return new Stone(name, score, Metadata.of(metadata));
  }

  private static StringValue text(String value) {
    return new StringValue(value);
  }
}
