package dev.siltstone.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.store.embedding.EmbeddingMatch;
import dev.langchain4j.store.embedding.EmbeddingSearchRequest;
import dev.langchain4j.store.embedding.EmbeddingStore;
import dev.langchain4j.store.embedding.chroma.ChromaApiVersion;
import dev.langchain4j.store.embedding.chroma.ChromaEmbeddingStore;
import dev.siltstone.processes.ServeProcess;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients in Python, JavaScript and Java at once, on one collection of one server. */
class ManyLanguagesTest {
  private static final String COLLECTION = "everyone";
  private static final int LAPS = 20;

  /** What each of the three leaves. */
  private static final int LEFT = 100;

  @TempDir private Path data;

  @Test
  void eachFindsItsOwnRecordsAsItLeftThem() throws Exception {
    PythonProject python = PythonProject.install("chroma-python", "among_others.py");
    NodeProject node = NodeProject.install("chroma-js", "among-others.mjs");
    try (ServeProcess server = ServeProcess.start(data);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String uri = server.uri().toString();
      EmbeddingStore<TextSegment> store = store(server.uri());
      Future<String> inPython =
          threads.submit(() -> python.run("among_others.py", uri, COLLECTION));
      Future<String> inJs = threads.submit(() -> node.run("among-others.mjs", uri, COLLECTION));
      for (int lap = 0; lap < LAPS; lap++) {
        addAndRemove(store, lap);
      }
      assertThat(inPython.get()).endsWith("done\n");
      assertThat(inJs.get()).endsWith("done\n");

      List<String> ids =
          nearest(store, 0, 10 * LEFT).stream().map(EmbeddingMatch::embeddingId).toList();
      assertThat(ids).doesNotHaveDuplicates().hasSize(3 * LEFT + 1).contains("shared");
      for (String owner : List.of("python-", "js-", "java-")) {
        assertThat(ids).filteredOn(id -> id.startsWith(owner)).hasSize(LEFT);
      }
    }
  }

  private static EmbeddingStore<TextSegment> store(URI server) {
    return ChromaEmbeddingStore.builder()
        .apiVersion(ChromaApiVersion.V2)
        .baseUrl(server.toString())
        .tenantName("default_tenant")
        .databaseName("default_database")
        .collectionName(COLLECTION)
        .build();
  }

  /** Adds ten records, finds one of them and removes five. */
  private static void addAndRemove(EmbeddingStore<TextSegment> store, int lap) {
    List<String> ids = IntStream.range(0, 10).mapToObj(i -> "java-" + lap + "-" + i).toList();
    List<Embedding> embeddings =
        IntStream.range(0, 10).mapToObj(i -> embedding(10 * lap + i)).toList();
    store.addAll(ids, embeddings, ids.stream().map(TextSegment::from).toList());
    assertThat(nearest(store, 10 * lap + 7, 1).getFirst().embeddingId())
        .isEqualTo("java-" + lap + "-7");
    store.removeAll(ids.subList(0, 5));
  }

  private static List<EmbeddingMatch<TextSegment>> nearest(
      EmbeddingStore<TextSegment> store, int n, int most) {
    return store
        .search(
            EmbeddingSearchRequest.builder().queryEmbedding(embedding(n)).maxResults(most).build())
        .matches();
  }

  /** Away from what the others write, each in a direction of its own. */
  private static Embedding embedding(int n) {
    double angle = n * Math.PI / (10 * LAPS);
    return Embedding.from(new float[] {-1, (float) Math.cos(angle), (float) Math.sin(angle)});
  }
}
