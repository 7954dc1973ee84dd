package dev.siltstone.segment.fulltext;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.segment.fulltext.RequiredText.All;
import dev.siltstone.segment.fulltext.RequiredText.Any;
import dev.siltstone.segment.fulltext.RequiredText.Literal;
import dev.siltstone.segment.fulltext.RequiredText.Nothing;
import dev.siltstone.where.DocumentPattern;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.roaringbitmap.RoaringBitmap;

class RequiredTextTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "silt~silt",
        "^silt$~silt",
        "sil(?:t|k)y~(silty or silky)",
        "river.*delta~(river and delta)",
        "river\\s+delta~(river and delta)",
        "a(bc)+d~(abc and bcd)",
        "sil?t~(silt or sit)",
        "x{3}~xxx",
        "x{2,4}yz~xyz",
        "ab{0,3}cd~cd",
        "(?P<name>silt)~silt",
        "(?:stone|rock)s~(stones or rocks)",
        "stone|rock.*~(stone or rock)",
        "stone|.*~-",
        "[ab]c[de]~(acd or ace or bcd or bce)",
        "[^a]bcd~bcd",
        "[a-z]bcd~bcd",
        "[]x]yz~(]yz or xyz)",
        "[[:alpha:]]+ing~ing",
        "\\Qa.b*\\Ec~a.b*c",
        "a\\.b~a.b",
        "\\pLabc~abc",
        "\\p{Greek}abc~abc",
        "\\x41bcd~bcd",
        "\\x{41}bcd~bcd",
        "\\101bcd~bcd",
        "\\bword\\b~word",
        "a{,3}b~a{,3}b",
        "(?s:a.c)def~def",
        "(?i)ab~(ab or aB or Ab or AB)",
        "(?i:x)yz~(xyz or Xyz)",
        "(?-i)xyz~xyz",
        "粉.砂岩~砂岩",
        "(?i)粉砂岩~粉砂岩",
        "(?i)é~-",
        ".*~-",
        "a~-",
        "(a|b)*~-"
      })
  void takesWhatEveryMatchContains(String pattern, String required) {
    DocumentPattern.compile(pattern);
    assertThat(written(RequiredText.of(pattern))).isEqualTo(required);
  }

  /** Kelvin's sign and the long s are forms of k and s. */
  @Test
  void followsFormsOfLettersBeyondAscii() {
    for (String document : List.of("k\u212as", "KK\u017f", "kks")) {
      assertThat(DocumentPattern.compile("(?i)kKS").foundIn(document)).isTrue();
      assertThat(written(RequiredText.of("(?i)kk"))).contains("k\u212a");
      assertThat(satisfied(RequiredText.of("(?i)kKS"), document)).isTrue();
    }
  }

  @Test
  void neverRulesOutADocumentInWhichThePatternIsFound() throws Exception {
    int useful = 0;
    int patterns = 0;
    for (long seed = 100; seed < 108; seed++) {
      RandomTexts texts = new RandomTexts(seed);
      IndexedTexts indexed = IndexedTexts.write(folder, texts.documents(200), 1 << 20);
      for (int i = 0; i < 500; i++) {
        String pattern = randomPattern(texts, indexed, 3);
        DocumentPattern compiled;
        try {
          compiled = DocumentPattern.compile(pattern);
        } catch (InvalidRequestException e) {
          continue;
        }
        RoaringBitmap found = indexed.rows(compiled::foundIn);
        RoaringBitmap possible = indexed.index().matching(compiled, indexed.present()).possible();
        assertThat(RoaringBitmap.andNot(found, possible))
            .as("seed %d, %s, %s", seed, pattern, written(RequiredText.of(pattern)))
            .isEmpty();
        patterns++;
        useful += possible.equals(indexed.present()) ? 0 : 1;
      }
    }
    assertThat(patterns).isGreaterThan(3_000);
    assertThat(useful).as("patterns that narrow").isGreaterThan(patterns / 4);
  }

  private static String randomPattern(RandomTexts texts, IndexedTexts indexed, int depth) {
    StringBuilder pattern = new StringBuilder();
    for (int i = 1 + texts.random.nextInt(3); i > 0; i--) {
      pattern.append(part(texts, indexed, depth));
    }
    return pattern.toString();
  }

  private static String part(RandomTexts texts, IndexedTexts indexed, int depth) {
    String inside = depth == 0 ? "ab" : randomPattern(texts, indexed, depth - 1);
    return switch (texts.random.nextInt(depth == 0 ? 6 : 14)) {
      case 0, 1, 2 -> quoted(texts.pattern(indexed.documents()));
      case 3 -> texts.pick(List.of(".", "\\s", "\\w", "\\d*", "\\b", "^", "$", "\\pL", "[^a]"));
      case 4 -> texts.pick(List.of("[ab]", "[a-k]", "[粉砂]", "[]a]", "[^\\]]", "[\\w-]", "[🪨a]"));
      case 5 ->
          texts.pick(List.of("a", "b ", "k", "粉", "🪨", "a+", "b?", "a{2}", "a{1,3}?", "a*?"));
      case 6 -> "(" + inside + "|" + randomPattern(texts, indexed, depth - 1) + ")";
      case 7 -> "(?:" + inside + ")" + texts.pick(List.of("+", "*", "?", "{2}", "{0,2}", "{2,}"));
      case 8 -> "(?i)" + inside;
      case 9 -> "(?i:" + inside + ")";
      case 10 -> "(?-i:" + inside + ")";
      case 11 -> "(?P<n" + texts.random.nextInt(1_000_000) + ">" + inside + ")";
      case 12 -> inside + "|" + inside;
      default -> "(?s-m:" + inside + ")";
    };
  }

  /** A text as a pattern; whole characters only, at most eight. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    text.codePoints()
        .filter(point -> point < 0xd800 || point > 0xdfff)
        .limit(8)
        .forEach(point -> {
          if ("\\.+*?()|[]{}^$".indexOf(point) >= 0) {
            quoted.append('\\');
          }
          quoted.appendCodePoint(point);
        });
    return quoted.toString();
  }

  private static boolean satisfied(RequiredText required, String document) {
    return switch (required) {
      case Nothing _ -> true;
      case Literal(String text) -> document.contains(text);
      case All(List<RequiredText> parts) ->
          parts.stream().allMatch(part -> satisfied(part, document));
      case Any(List<RequiredText> parts) ->
          parts.stream().anyMatch(part -> satisfied(part, document));
    };
  }

  private static String written(RequiredText required) {
    return switch (required) {
      case Nothing _ -> "-";
      case Literal(String text) -> text;
      case All(List<RequiredText> parts) -> written(parts.stream(), " and ");
      case Any(List<RequiredText> parts) -> written(parts.stream(), " or ");
    };
  }

  private static String written(Stream<RequiredText> parts, String between) {
    return "(" + String.join(between, parts.map(RequiredTextTest::written).toList()) + ")";
  }
}
