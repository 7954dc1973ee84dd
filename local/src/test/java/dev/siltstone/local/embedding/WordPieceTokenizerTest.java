package dev.siltstone.local.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every expectation comes from an independent tokenizer that reads the same file. */
class WordPieceTokenizerTest {
  private static final String FILE = "/all-minilm-l6-v2-q-tokenizer.json";
  private static final int WINDOW = 256;

  private static WordPieceTokenizer ours;
  private static HuggingFaceTokenizer reference;

  @BeforeAll
  static void readBoth() throws IOException {
    System.setProperty("OPT_OUT_TRACKING", "true");
    try (InputStream file = resource();
        InputStream again = resource()) {
      ours = WordPieceTokenizer.read(file);
      reference =
          HuggingFaceTokenizer.newInstance(
              again,
              Map.of(
                  "padding", "false",
                  "truncation", "true",
                  "maxLength", "256",
                  "modelMaxLength", "256"));
    }
  }

  @AfterAll
  static void close() {
    reference.close();
  }

  private static InputStream resource() {
    return Objects.requireNonNull(WordPieceTokenizerTest.class.getResourceAsStream(FILE));
  }

  @Test
  void agreesOnPlainEnglish() {
    assertThat(ours.encode("Hello world", WINDOW)).containsExactly(101, 7592, 2088, 102);
    agrees("The quick brown fox's 12,345 jumps (over) e-mail@example.org: unbelievably!");
  }

  @Test
  void agreesOnEmptyAndBlankTexts() {
    assertThat(ours.encode("", WINDOW)).containsExactly(101, 102);
    List.of("", " ", "\n\t\r ", "\u00a0\u3000", "\u0000").forEach(this::agrees);
  }

  @Test
  void agreesOnAccentsScriptsAndSymbols() {
    List.of(
            "Crème Brûlée, İstanbul, naïve, ﬁne, Straße, ΑΒΓΣ",
            "日本語のテキスト、中文字符𠀀 한국어",
            "ภาษาไทย हिन्दी العربية עברית",
            "a\u0000b\u0007c\u200bd\ufeffe\u00adf\ufffdg",
            "price=$5+€7^2 `code` ~50% a_b <tag> «quoted» “x” – — …",
            "😀 emoji 👩‍👩‍👧 ☂️ x\u0301y",
            "a\u000bb\u000cc\u0085d\u2028e")
        .forEach(this::agrees);
  }

  @Test
  void agreesOnWordsWithoutPiecesAndOnEndlessOnes() {
    agrees("a" + "b".repeat(98) + " " + "a".repeat(101) + " \u16a0\u16a1");
  }

  @Test
  void agreesOnSpecialTokensInTheText() {
    agrees("mask [MASK] and[SEP]glued [CLS] [cls] [UNK");
  }

  @Test
  void cutsAtTheWindow() {
    String long_ = "word ".repeat(1_000);
    assertThat(ours.encode(long_, WINDOW)).hasSize(WINDOW).endsWith(102);
    agrees(long_);
    agrees("unbelievably ".repeat(300));
  }

  @Test
  void agreesOnRandomText() {
    for (int seed = 0; seed < 300; seed++) {
      String text = randomText(new Random(seed));
      assertThat(ours.encode(text, WINDOW))
          .as("seed %d: %s", seed, text)
          .isEqualTo(reference.encode(text).getIds());
    }
  }

  @Test
  void agreesOnRealAbstracts() {
    Cranfield.abstracts().stream().limit(400).forEach(this::agrees);
  }

  @Test
  void refusesAFileWithoutVocabulary() {
    var file = new ByteArrayInputStream("{\"model\":{\"x\":1}}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> WordPieceTokenizer.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("vocab");
  }

  private void agrees(String text) {
    assertThat(ours.encode(text, WINDOW)).as(text).isEqualTo(reference.encode(text).getIds());
  }

  /** From blocks whose characters have been the same in every Unicode table for long. */
  private static String randomText(Random random) {
    int[][] blocks = {
      {0, 0x80},
      {0x80, 0x250},
      {0x370, 0x500},
      {0x2000, 0x2060},
      {0x3000, 0x3100},
      {0x4E00, 0x9FA6},
      {0xAC00, 0xD7A4},
      {0x1F600, 0x1F640}
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      int[] block = blocks[random.nextInt(blocks.length)];
      int c = random.nextInt(block[0], block[1]);
      text.appendCodePoint(Character.isDefined(c) ? c : ' ');
    }
    return text.toString();
  }
}
