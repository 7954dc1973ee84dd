package dev.siltstone.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {
  @Test
  void wrapsTheBeginningAndSaysThatThereIsMore() {
    var lines = Excerpt.lines("word ".repeat(200));
    assertThat(lines).hasSize(3).allSatisfy(line -> assertThat(line.length()).isLessThan(91));
    assertThat(lines.getLast()).endsWith(" …");
    assertThat(Excerpt.lines("all of it")).containsExactly("all of it");
  }

  @Test
  void showsTextInsteadOfMarkup() {
    assertThat(Excerpt.lines("See [the **log**](log.md#x) and `Commit`."))
        .containsExactly("See the log and Commit.");
    assertThat(Excerpt.lines("| step | left |\n|---|---|\n| PUT | an object |"))
        .containsExactly("step · left PUT · an object");
  }
}
