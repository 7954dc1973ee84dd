package dev.siltstone.local;

import dev.siltstone.local.demo.Demo;
import dev.siltstone.local.demo.DemoSettings;
import dev.siltstone.local.demo.DemoSettings.Afterwards;
import dev.siltstone.local.embedding.AllMiniLmEmbeddingFunction;
import dev.siltstone.local.terminal.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "demo",
    description = {
      "Reads texts, splits and embeds them, writes them by several producers at once, compacts,",
      "and answers questions. Nothing leaves the machine."
    },
    mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "FOLDER|FILE",
      description = "Texts to read; Siltstone's own documentation if none are given.")
  private List<Path> texts = new ArrayList<>();

  @Option(
      names = {"-q", "--question"},
      paramLabel = "QUESTION",
      description = "A question to answer; may be repeated.")
  private List<String> questions = new ArrayList<>();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The folder that holds everything; a new temporary one if not given.")
  private @Nullable Path data;

  @Option(
      names = "--producers",
      paramLabel = "N",
      description = "Producers that write at once (${DEFAULT-VALUE}).")
  private int producers = 4;

  @Option(
      names = "--answers",
      paramLabel = "N",
      description = "Passages shown for each question (${DEFAULT-VALUE}).")
  private int answers = 3;

  @Override
  public Integer call() throws IOException {
    Path folder = data == null ? Files.createTempDirectory("siltstone-demo-") : data;
    int cores = Runtime.getRuntime().availableProcessors();
    try (AllMiniLmEmbeddingFunction embedding = new AllMiniLmEmbeddingFunction(cores)) {
      Demo demo = new Demo(settings(folder), embedding, Screen.standard());
      return demo.run() ? 0 : 1;
    } catch (NoSuchFileException e) {
      throw new UsageException("there is no " + e.getMessage(), e);
    }
  }

  private DemoSettings settings(Path folder) throws IOException {
    boolean own = texts.isEmpty();
    List<String> asked = own && questions.isEmpty() ? OwnDocumentation.QUESTIONS : questions;
    return new DemoSettings(
        own ? OwnDocumentation.files() : texts,
        own ? OwnDocumentation.home() : Path.of(""),
        folder,
        asked,
        questions.isEmpty() ? Afterwards.CONVERSE : Afterwards.END,
        producers,
        answers);
  }
}
