package dev.siltstone.where;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataValue;
import dev.siltstone.record.MetadataValue.BoolValue;
import dev.siltstone.record.MetadataValue.FloatList;
import dev.siltstone.record.MetadataValue.FloatValue;
import dev.siltstone.record.MetadataValue.IntList;
import dev.siltstone.record.MetadataValue.IntValue;
import dev.siltstone.record.MetadataValue.StringList;
import dev.siltstone.record.MetadataValue.StringValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cases of the reference's recorded answers, and what they leave open. */
class WhereMatchesTest {
  private static final Metadata A =
      Metadata.of(
          Map.of(
              "k", new StringValue("x"),
              "n", new IntValue(1),
              "f", new FloatValue(1.5),
              "t", new BoolValue(true),
              "tags", new StringList(List.of(new StringValue("p"), new StringValue("q")))));
  private static final Metadata C =
      Metadata.of(
          Map.of(
              "n", new FloatValue(3.0),
              "arr", new IntList(List.of(new IntValue(1), new IntValue(2))),
              "real", new FloatList(List.of(new FloatValue(2.0)))));

  @Test
  void comparesAcrossIntAndFloat() {
    assertThat(metadata(A, Map.of("n", Map.of("$lte", 1.5)))).isTrue();
    assertThat(metadata(A, Map.of("n", 1.0))).isTrue();
    assertThat(metadata(C, Map.of("n", 3))).isTrue();
    assertThat(metadata(C, Map.of("n", Map.of("$in", List.of(1.5, 3))))).isTrue();
    assertThat(metadata(A, Map.of("f", Map.of("$gt", 1)))).isTrue();
    assertThat(metadata(A, Map.of("f", Map.of("$gt", 1.5)))).isFalse();
    assertThat(metadata(A, Map.of("f", Map.of("$gte", 1.5)))).isTrue();
    assertThat(metadata(A, Map.of("f", Map.of("$lt", 2)))).isTrue();
  }

  @Test
  void findsAMissingKeyInNegationsOnly() {
    assertThat(metadata(A, Map.of("nokey", Map.of("$ne", 1)))).isTrue();
    assertThat(metadata(A, Map.of("nokey", Map.of("$nin", List.of(1))))).isTrue();
    assertThat(metadata(A, Map.of("nokey", Map.of("$not_contains", 1)))).isTrue();
    assertThat(metadata(A, Map.of("nokey", 1))).isFalse();
    assertThat(metadata(A, Map.of("nokey", Map.of("$lt", 1)))).isFalse();
    assertThat(metadata(A, Map.of("nokey", Map.of("$in", List.of(1))))).isFalse();
    assertThat(metadata(A, Map.of("nokey", Map.of("$contains", 1)))).isFalse();
  }

  @Test
  void keepsKindsApart() {
    assertThat(metadata(A, Map.of("t", 1))).isFalse();
    assertThat(metadata(A, Map.of("t", Map.of("$ne", 1)))).isTrue();
    assertThat(metadata(A, Map.of("k", Map.of("$gt", 0)))).isFalse();
    assertThat(metadata(A, Map.of("k", Map.of("$nin", List.of(true))))).isTrue();
  }

  @Test
  void looksForElementsInListsOnlyAndForScalarsOutsideThem() {
    assertThat(metadata(A, Map.of("tags", Map.of("$contains", "q")))).isTrue();
    assertThat(metadata(A, Map.of("tags", Map.of("$not_contains", "q")))).isFalse();
    assertThat(metadata(A, Map.of("k", Map.of("$contains", "x")))).isFalse();
    assertThat(metadata(A, Map.of("k", Map.of("$not_contains", "x")))).isTrue();
    assertThat(metadata(A, Map.of("tags", "q"))).isFalse();
    assertThat(metadata(A, Map.of("tags", Map.of("$ne", "q")))).isTrue();
    assertThat(metadata(C, Map.of("arr", Map.of("$contains", 2.0)))).isTrue();
    assertThat(metadata(C, Map.of("real", Map.of("$contains", 2)))).isTrue();
  }

  @Test
  void anEmptyConnectiveMatchesEverything() {
    assertThat(metadata(A, Map.of("$and", List.of()))).isTrue();
    assertThat(metadata(A, Map.of("$or", List.of()))).isTrue();
    assertThat(metadata(A, Map.of("$or", List.of(Map.of("n", 3), Map.of("k", "x"))))).isTrue();
    assertThat(metadata(A, Map.of("$and", List.of(Map.of("n", 3), Map.of("k", "x"))))).isFalse();
  }

  @Test
  void searchesDocumentsCaseSensitivelyAndNegationsMatchWithoutOne() {
    assertThat(document("Hello world", Map.of("$contains", "lo w"))).isTrue();
    assertThat(document("Hello world", Map.of("$contains", "WORLD"))).isFalse();
    assertThat(document("", Map.of("$contains", ""))).isTrue();
    assertThat(document(null, Map.of("$contains", ""))).isFalse();
    assertThat(document(null, Map.of("$not_contains", ""))).isTrue();
    assertThat(document("Hello", Map.of("$regex", "(?i)HELLO"))).isTrue();
    assertThat(document("numbers 12345", Map.of("$regex", "[0-9]{5}"))).isTrue();
    assertThat(document(null, Map.of("$regex", ".*"))).isFalse();
    assertThat(document(null, Map.of("$not_regex", "^H"))).isTrue();
    assertThat(document("Hello", Map.of("$not_regex", "^H"))).isFalse();
  }

  @Test
  void saysWhetherItReadsTheDocument() {
    assertThat(WhereParser.parse(Map.of("k", 1)).readsDocument()).isFalse();
    assertThat(
            WhereParser.parse(
                    Map.of(
                        "$and",
                        List.of(Map.of("k", 1), Map.of("#document", Map.of("$contains", "x")))))
                .readsDocument())
        .isTrue();
  }

  @Test
  void aPatternCannotHangTheSearch() {
    DocumentPattern evil = DocumentPattern.compile("(a+)+(a+)+(a|a)*$");
    String document = "a".repeat(20_000) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(evil.foundIn(document)).isFalse());
  }

  @Test
  void refusesAPatternThatIsLongOrCompilesToALargeProgram() {
    assertThatThrownBy(() -> DocumentPattern.compile("a".repeat(1_001)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("limit is 1000");
    assertThatThrownBy(() -> DocumentPattern.compile("(a{1000}b{1000}){1000}"))
        .isInstanceOf(InvalidRequestException.class);
    assertThatThrownBy(() -> DocumentPattern.compile("[ab]{1000}".repeat(100)))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("limit is 5000");
  }

  private static boolean metadata(Metadata metadata, Map<String, ?> where) {
    return WhereParser.parse(where).matches(metadata, null);
  }

  private static boolean document(@Nullable String document, Map<String, ?> whereDocument) {
    return WhereParser.parseDocument(whereDocument).matches(Metadata.NONE, document);
  }

  @Test
  void comparesAListToNothing() {
    MetadataValue list = new StringList(List.of(new StringValue("x")));
    Metadata metadata = Metadata.of(Map.of("k", list));
    assertThat(metadata(metadata, Map.of("k", Map.of("$in", List.of("x"))))).isFalse();
    assertThat(metadata(metadata, Map.of("k", Map.of("$nin", List.of("x"))))).isTrue();
  }
}
