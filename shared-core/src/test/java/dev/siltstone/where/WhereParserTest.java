package dev.siltstone.where;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringValue;
import dev.siltstone.where.Where.And;
import dev.siltstone.where.Where.Compare;
import dev.siltstone.where.Where.Contains;
import dev.siltstone.where.Where.In;
import dev.siltstone.where.Where.ListContains;
import dev.siltstone.where.Where.ListNotContains;
import dev.siltstone.where.Where.NotContains;
import dev.siltstone.where.Where.NotIn;
import dev.siltstone.where.Where.NotRegex;
import dev.siltstone.where.Where.Or;
import dev.siltstone.where.Where.Regex;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WhereParserTest {
  private static final Compare K_IS_X = new Compare("k", Comparison.EQUAL, new StringValue("x"));

  @Test
  void readsABareValueAsEquality() {
    assertThat(WhereParser.parse(Map.of("k", "x"))).isEqualTo(K_IS_X);
    assertThat(WhereParser.parse(Map.of("k", Map.of("$eq", "x")))).isEqualTo(K_IS_X);
    assertThat(WhereParser.parse(Map.of("k", 3)))
        .isEqualTo(new Compare("k", Comparison.EQUAL, new IntValue(3)));
    assertThat(WhereParser.parse(Map.of("k", 3.0)))
        .isEqualTo(new Compare("k", Comparison.EQUAL, new FloatValue(3.0)));
    assertThat(WhereParser.parse(Map.of("k", true)))
        .isEqualTo(new Compare("k", Comparison.EQUAL, new BoolValue(true)));
  }

  @Test
  void readsEveryComparison() {
    for (Comparison comparison : Comparison.values()) {
      assertThat(WhereParser.parse(Map.of("n", Map.of(comparison.wireName(), 2L))))
          .isEqualTo(new Compare("n", comparison, new IntValue(2)));
    }
  }

  @Test
  void readsListsOfOperands() {
    assertThat(WhereParser.parse(Map.of("k", Map.of("$in", List.of("x", "y")))))
        .isEqualTo(new In("k", Set.of(new StringValue("x"), new StringValue("y"))));
    assertThat(WhereParser.parse(Map.of("k", Map.of("$nin", List.of(true)))))
        .isEqualTo(new NotIn("k", Set.of(new BoolValue(true))));
    assertThat(WhereParser.parse(Map.of("k", Map.of("$in", List.of(1.5, 3)))))
        .isEqualTo(new In("k", Set.of(new FloatValue(1.5), new IntValue(3))));
  }

  @Test
  void readsListConditions() {
    assertThat(WhereParser.parse(Map.of("tags", Map.of("$contains", "q"))))
        .isEqualTo(new ListContains("tags", new StringValue("q")));
    assertThat(WhereParser.parse(Map.of("tags", Map.of("$not_contains", 2))))
        .isEqualTo(new ListNotContains("tags", new IntValue(2)));
  }

  @Test
  void readsConnectivesWithNoneOneOrManyChildren() {
    assertThat(WhereParser.parse(Map.of("$and", List.of()))).isEqualTo(new And(List.of()));
    assertThat(WhereParser.parse(Map.of("$or", List.of(Map.of("k", "x")))))
        .isEqualTo(new Or(List.of(K_IS_X)));
    assertThat(
            WhereParser.parse(Map.of("$and", List.of(Map.of("$or", List.of()), Map.of("k", "x")))))
        .isEqualTo(new And(List.of(new Or(List.of()), K_IS_X)));
  }

  @Test
  void readsConditionsOnTheDocumentInBothPlaces() {
    assertThat(WhereParser.parse(Map.of("#document", Map.of("$contains", "fox"))))
        .isEqualTo(new Contains("fox"));
    assertThat(WhereParser.parseDocument(Map.of("$not_contains", "fox")))
        .isEqualTo(new NotContains("fox"));
    assertThat(WhereParser.parseDocument(Map.of("$regex", "f.x")))
        .isEqualTo(new Regex(DocumentPattern.compile("f.x")));
    assertThat(
            WhereParser.parseDocument(
                Map.of("$or", List.of(Map.of("$not_regex", "a"), Map.of("$and", List.of())))))
        .isEqualTo(new Or(List.of(new NotRegex(DocumentPattern.compile("a")), new And(List.of()))));
  }

  @Test
  void joinsBothFiltersOfARequest() {
    assertThat(WhereParser.parse(Map.of("k", "x"), Map.of("$contains", "fox")))
        .isEqualTo(new And(List.of(K_IS_X, new Contains("fox"))));
    assertThat(WhereParser.parse(Map.of("k", "x"), null)).isEqualTo(K_IS_X);
    assertThat(WhereParser.parse(null, Map.of("$contains", "fox"))).isEqualTo(new Contains("fox"));
    assertThat(WhereParser.parse(null, null)).isEqualTo(And.EVERY_RECORD);
  }

  static Stream<@Nullable Object> malformed() {
    return Stream.of(
        null,
        "str",
        List.of(),
        Map.of(),
        Map.of("k", "x", "n", 1),
        Collections.singletonMap("k", null),
        Map.of("k", List.of("x")),
        Map.of("k", Map.of()),
        Map.of("k", Map.of("$gt", 1, "$lt", 3)),
        Map.of("k", Collections.singletonMap("$eq", null)),
        Map.of("k", Map.of("$gt", "a")),
        Map.of("k", Map.of("$gte", false)),
        Map.of("k", Map.of("$regex", "x")),
        Map.of("k", Map.of("$foo", 1)),
        Map.of("k", Map.of("$in", List.of())),
        Map.of("k", Map.of("$in", List.of(1, "a"))),
        Map.of("k", Map.of("$in", List.of(true, 1))),
        Map.of("k", Map.of("$in", Arrays.asList("a", null))),
        Map.of("k", Map.of("$in", "a")),
        Map.of("k", Map.of("$contains", List.of("a"))),
        Map.of("k", Map.of("$eq", Double.NaN)),
        Map.of("$not", Map.of("k", "x")),
        Map.of("$and", Map.of("k", "x")),
        Map.of("$and", List.of("x")),
        Map.of("#document", "fox"),
        Map.of("#document", Map.of("$eq", "fox")),
        Map.of("#document", Map.of("$contains", 5)),
        Map.of("", 1));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void refusesWhatIsMalformed(@Nullable Object tree) {
    assertThatThrownBy(() -> WhereParser.parse(tree))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Invalid where clause");
  }

  static Stream<@Nullable Object> malformedDocument() {
    return Stream.of(
        null,
        "x",
        Map.of(),
        Map.of("$contains", 5),
        Map.of("$foo", "x"),
        Map.of("k", "x"),
        Map.of("$contains", "a", "$regex", "b"),
        Map.of("$or", "x"),
        Map.of("$or", List.of(Map.of())));
  }

  @ParameterizedTest
  @MethodSource("malformedDocument")
  void refusesAMalformedDocumentFilter(@Nullable Object tree) {
    assertThatThrownBy(() -> WhereParser.parseDocument(tree))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Invalid where document clause");
  }

  @Test
  void namesAnUnclosedGroupAsTheReferenceDoes() {
    assertThatThrownBy(() -> WhereParser.parseDocument(Map.of("$regex", "(")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessage("Regex syntax errror: regex parse error:\n    (\n    ^\nerror: unclosed group");
  }

  @Test
  void boundsDepth() {
    assertThat(WhereParser.parse(nested(WhereParser.MAX_DEPTH))).isInstanceOf(And.class);
    assertThatThrownBy(() -> WhereParser.parse(nested(WhereParser.MAX_DEPTH + 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("nested more than 64 deep");
    assertThatThrownBy(() -> WhereParser.parse(nested(10_000)))
        .isInstanceOf(InvalidRequestException.class);
  }

  @Test
  void boundsConditionsAndOperandsOfARequestTogether() {
    var half = Collections.nCopies(FilterBreadth.MAX_CONDITIONS / 2, Map.of("k", 1));
    FilterBreadth breadth = new FilterBreadth();
    WhereParser.parseWithin(breadth, Map.of("$or", half.subList(1, half.size())));
    WhereParser.parseWithin(breadth, Map.of("$and", half.subList(1, half.size())));
    assertThatThrownBy(() -> WhereParser.parseWithin(breadth, Map.of("k", 1)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("more than 2000 conditions");
    var operands = Collections.nCopies(FilterBreadth.MAX_OPERANDS + 1, 1);
    assertThatThrownBy(() -> WhereParser.parse(Map.of("k", Map.of("$in", operands))))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("more than 100000 values of $in and $nin");
    var texts = Collections.nCopies(51, Map.of("$contains", "x"));
    assertThatThrownBy(() ->
            WhereParser.parse(
                Map.of("$or", Collections.nCopies(51, Map.of("#document", texts.getFirst()))),
                Map.of("$or", texts)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining(
            "Invalid where document clause: more than 100 conditions on documents");
  }

  /** {@code depth} objects, one in the other. */
  private static Object nested(int depth) {
    Object tree = new HashMap<>(Map.of("$and", List.of()));
    for (int level = 1; level < depth; level++) {
      tree = Map.of("$and", List.of(tree));
    }
    return tree;
  }
}
