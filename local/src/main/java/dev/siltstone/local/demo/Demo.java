package dev.siltstone.local.demo;

import dev.siltstone.compaction.CompactionReport;
import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.local.terminal.Screen;
import dev.siltstone.query.admin.AdminSettings.Reset;
import dev.siltstone.report.Units;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The whole pipeline on some texts, step by step, with what each step did and how long it took.
 * Everything happens in this process; nothing leaves the machine.
 */
public final class Demo {
  private final DemoSettings settings;
  private final MeasuredEmbedding embedding;
  private final Screen screen;

  public Demo(DemoSettings settings, EmbeddingFunction embedding, Screen screen) {
    this.settings = settings;
    this.embedding = new MeasuredEmbedding(embedding);
    this.screen = screen;
  }

  /**
   * Runs it.
   *
   * @return whether there was any text to show
   * @throws java.nio.file.NoSuchFileException if one of the texts does not exist
   */
  public boolean run() throws IOException {
    List<Passage> passages = read();
    if (passages.isEmpty()) {
      screen.line("There is no text to read there.");
      return false;
    }
    loadModel();
    NodeSettings node =
        new NodeSettings(settings.data(), embedding, Compaction.ON_DEMAND, Reset.REFUSED);
    try (LocalNode opened = LocalNode.open(node)) {
      DemoCollection collection = DemoCollection.open(opened::answer);
      new IngestStep(screen, embedding, settings.producers()).run(collection, passages);
      compact(opened, collection);
      new StorageStep(screen, settings.data()).run(opened, collection);
      new QuestionStep(screen, embedding, settings).run(collection, passages);
    }
    sayHowToGoOn();
    return true;
  }

  private List<Passage> read() throws IOException {
    long started = System.nanoTime();
    TextFiles texts = TextFiles.read(settings.texts(), settings.base());
    List<Passage> passages = new ArrayList<>();
    texts.files().forEach(file -> passages.addAll(PassageSplitter.split(file)));
    screen.step(
        "Read",
        "%s, %s of text, split into %s"
            .formatted(
                Units.count(texts.files().size(), "file"),
                Units.bytes(texts.characters()),
                Units.count(passages.size(), "passage")),
        since(started));
    if (texts.skipped() > 0) {
      screen.detail(
          screen.faint("skipped " + Units.count(texts.skipped(), "file") + " without UTF-8 text"));
    }
    return passages;
  }

  private void loadModel() {
    long started = System.nanoTime();
    embedding.embed(List.of("warm up"));
    screen.step(
        "Model",
        "%s, %d dimensions, in this process".formatted(embedding.name(), embedding.dimension()),
        since(started));
  }

  private void compact(LocalNode node, DemoCollection collection) {
    long started = System.nanoTime();
    CompactionReport report = node.compact(collection.id());
    screen.step(
        "Compact",
        "folded %s from %s, in order; wrote %s"
            .formatted(
                Units.count(report.operations(), "operation"),
                Units.count(report.deltas(), "delta"),
                Units.bytes(report.bytesWritten())),
        since(started));
  }

  private void sayHowToGoOn() {
    screen.line("");
    screen.line(
        "Everything is in "
            + screen.bold(settings.data().toString())
            + ". To use it by Chroma's API:");
    screen.line("  ./siltstone serve --data " + settings.data());
    screen.line(
        "  curl"
            + " http://127.0.0.1:8000/api/v2/tenants/default_tenant/databases/default_database/collections/"
            + DemoCollection.NAME);
  }

  private static Duration since(long started) {
    return Duration.ofNanos(System.nanoTime() - started);
  }
}
