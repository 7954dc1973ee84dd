package dev.siltstone.local.demo;

import dev.siltstone.local.demo.DemoCollection.Found;
import dev.siltstone.local.demo.DemoSettings.Afterwards;
import dev.siltstone.local.terminal.Screen;
import dev.siltstone.report.Units;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** Questions and the passages nearest to them; asks for more where somebody sits at a terminal. */
final class QuestionStep {
  private static final int MADE_UP = 3;

  private final Screen screen;
  private final MeasuredEmbedding embedding;
  private final DemoSettings settings;

  QuestionStep(Screen screen, MeasuredEmbedding embedding, DemoSettings settings) {
    this.screen = screen;
    this.embedding = embedding;
    this.settings = settings;
  }

  void run(DemoCollection collection, List<Passage> passages) throws IOException {
    List<String> given = settings.questions();
    for (String question : given.isEmpty() ? madeUp(passages) : given) {
      answer(collection, question);
    }
    if (settings.afterwards() == Afterwards.CONVERSE && screen.isLive()) {
      converse(collection);
    }
  }

  /** Titles spread over the texts: what somebody who looks for these passages might type. */
  private static List<String> madeUp(List<Passage> passages) {
    List<String> titles = passages.stream().map(Passage::title).distinct().toList();
    int step = Math.max(1, titles.size() / MADE_UP);
    return IntStream.range(0, Math.min(MADE_UP, titles.size()))
        .mapToObj(i -> titles.get(Math.min(i * step + step / 2, titles.size() - 1)))
        .toList();
  }

  private void converse(DemoCollection collection) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
    while (true) {
      screen.line("");
      screen.prompt("Ask something (an empty line ends it): ");
      String question = in.readLine();
      if (question == null || question.isBlank()) {
        return;
      }
      answer(collection, question);
    }
  }

  private void answer(DemoCollection collection, String question) {
    Duration embeddedBefore = embedding.spent();
    long started = System.nanoTime();
    List<Found> found = collection.ask(question, settings.answers());
    Duration took = Duration.ofNanos(System.nanoTime() - started);
    Duration embedded = embedding.spent().minus(embeddedBefore);
    screen.line("");
    screen.line(
        screen.bold("? " + question)
            + screen.faint(
                "   embedded in %s, searched in %s"
                    .formatted(Units.time(embedded), Units.time(took.minus(embedded)))));
    found.forEach(this::show);
  }

  private void show(Found found) {
    screen.line(
        "  %s  %s  %s"
            .formatted(
                screen.accent("%.3f".formatted(found.score())),
                screen.bold(found.place()),
                screen.faint(found.title())));
    Excerpt.lines(found.text()).forEach(line -> screen.line("         " + line));
  }
}
