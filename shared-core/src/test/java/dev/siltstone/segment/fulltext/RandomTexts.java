package dev.siltstone.segment.fulltext;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Seeded documents over small alphabets, so that texts cut from them are found elsewhere too. */
final class RandomTexts {
  private static final List<String> ALPHABETS =
      List.of(
          "a",
          "ab",
          "abcde .",
          "kKsS \u212a\u017fé",
          "粉砂岩漢字かな",
          "🪨🪵😀a",
          "Δέλτα ß\n\u0000\uffff");

  final Random random;

  RandomTexts(long seed) {
    this.random = new Random(seed);
  }

  /** Documents of which some are missing, empty, long, or one unit. */
  List<@Nullable String> documents(int count) {
    List<@Nullable String> documents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(20);
      documents.add(
          kind == 0 ? null : kind == 1 ? "" : text(random.nextInt(kind == 2 ? 3_000 : 30)));
    }
    return documents;
  }

  String text(int points) {
    int[] alphabet = pick(ALPHABETS).codePoints().toArray();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < points; i++) {
      text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
    }
    return text.toString();
  }

  /** Units out of a document, halves of surrogate pairs included, now and then one changed. */
  String pattern(List<@Nullable String> documents) {
    String document = documents.get(random.nextInt(documents.size()));
    if (document == null || document.isEmpty()) {
      return text(1 + random.nextInt(4));
    }
    int from = random.nextInt(document.length());
    int length = 1 + random.nextInt(random.nextInt(4) == 0 ? 200 : 8);
    String cut = document.substring(from, Math.min(document.length(), from + length));
    return random.nextInt(4) == 0 ? cut + text(1) : cut;
  }

  <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
