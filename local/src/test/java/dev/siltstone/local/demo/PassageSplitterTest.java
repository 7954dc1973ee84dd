package dev.siltstone.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageSplitterTest {
  @Test
  void keepsTheHeadingsAboveAPassageAsItsTitle() {
    List<Passage> passages =
        split(
            """
            # Guide
            Welcome.

            ## Writing ##
            First the delta.
            Then the log.

            Reading
            -------
            Head, then tip.

            # Appendix
            The end.
            """);
    assertThat(passages)
        .containsExactly(
            new Passage("guide.md", 1, 2, "Guide", "Welcome."),
            new Passage("guide.md", 2, 5, "Guide › Writing", "First the delta. Then the log."),
            new Passage("guide.md", 3, 10, "Guide › Reading", "Head, then tip."),
            new Passage("guide.md", 4, 13, "Appendix", "The end."));
  }

  @Test
  void namesTheFileWhereThereIsNoHeading() {
    assertThat(split("Just a line.").getFirst().title()).isEqualTo("guide.md");
    assertThat(split("Just a line.").getFirst().titledText()).isEqualTo("guide.md\nJust a line.");
  }

  @Test
  void joinsShortParagraphsOfOneSection() {
    assertThat(split("One.\n\nTwo.\n\n\nThree."))
        .extracting(Passage::text)
        .containsExactly("One.\n\nTwo.\n\nThree.");
  }

  @Test
  void takesNumberSignsInCodeForCode() {
    List<Passage> passages = split("# Run\n```sh\n# not a heading\n\nmake  it\n```\nDone.");
    assertThat(passages).hasSize(1);
    assertThat(passages.getFirst().text())
        .isEqualTo("```sh\n# not a heading\nmake  it\n```\n\nDone.");
  }

  @Test
  void repeatsTheSentenceBeforeACutAfterIt() {
    String sentences = numberedSentences(60);
    List<Passage> passages = split(sentences);
    assertThat(passages).hasSizeGreaterThan(1);
    for (int i = 1; i < passages.size(); i++) {
      String before = passages.get(i - 1).text();
      String lastSentence = before.substring(before.lastIndexOf("Sentence"));
      assertThat(passages.get(i).text()).startsWith(lastSentence);
    }
  }

  @Test
  void saysTheLineOfEachPassage() {
    String filler = "A sentence of forty characters is here. ".repeat(15).strip();
    List<Passage> passages = split("Start.\n\n" + filler + "\n\n\n" + filler + "\n");
    assertThat(passages).extracting(Passage::line).containsExactly(1, 6);
    assertThat(passages.getLast().id()).isEqualTo("guide.md#2");
  }

  @Test
  void cutsWhatHasNoSentencesAndNoSpaces() {
    List<Passage> passages = split("x".repeat(2 * PassageSplitter.LIMIT + 1));
    assertThat(passages.stream().map(Passage::text).collect(Collectors.joining()))
        .isEqualTo("x".repeat(2 * PassageSplitter.LIMIT + 1));
  }

  @Test
  void findsNothingInAnEmptyFile() {
    assertThat(split("")).isEmpty();
    assertThat(split("\n  \n# Only a heading\n")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void losesNoWordAndKeepsTheLimit(long seed) {
    String text = randomText(new Random(seed));
    List<Passage> passages = split(text);
    assertThat(passages)
        .as("seed %d", seed)
        .allSatisfy(passage -> assertThat(passage.text().length()).isBetween(1, 1000));
    assertThat(passages.stream().flatMap(p -> List.of(p.text().split("\\s+")).stream()))
        .as("seed %d", seed)
        .contains(text.strip().split("\\s+"));
  }

  private static List<Passage> split(String text) {
    return PassageSplitter.split(new TextFile("guide.md", text));
  }

  private static String numberedSentences(int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      text.append("Sentence ").append(i).append(" says a little about deltas.\n");
    }
    return text.toString();
  }

  private static String randomText(Random random) {
    StringBuilder text = new StringBuilder();
    for (int word = 0; word < 2000; word++) {
      text.append('w').append(word);
      text.append(
          switch (random.nextInt(40)) {
            case 0 -> ".\n\n";
            case 1, 2, 3 -> ". ";
            case 4 -> "\n";
            default -> " ";
          });
    }
    return text.toString();
  }
}
