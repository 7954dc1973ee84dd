package dev.siltstone.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.collection.Space;
import dev.siltstone.distance.SplitFloats;
import dev.siltstone.distance.SplitRows;
import dev.siltstone.hnsw.GraphFile;
import dev.siltstone.hnsw.GraphHeader;
import dev.siltstone.hnsw.GraphLayout;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.segment.GraphPolicy;
import dev.siltstone.segment.SegmentFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A vector or link changes in a cached file after the file was verified, while readers have it
 * mapped.
 */
class DamagedCacheTest {
  private static final String GET =
      "{\"ids\":[\"a\"],\"include\":[\"embeddings\",\"documents\",\"metadatas\"]}";
  private static final float RIGHT = 1234.5f;
  private static final float WRONG = 54321;

  @TempDir Path folder;

  private Pipeline pipeline;

  @BeforeEach
  void publishAndRead() throws IOException {
    pipeline = Pipeline.cached(folder, Space.L2, 1);
    pipeline.write(
        List.of(
            new Operation.Add(
                new RecordId("a"), Embedding.of(RIGHT, 2), "text", null, MetadataPatch.NONE)));
    pipeline.compact();
    Files.delete(graph()); // its inode is the stored object's
    assertThat(get()).contains("1234.5");
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void isNoticedByTheReadThatWouldReturnItAndFetchedAgain() throws IOException {
    Path graph = damage();
    assertThat(get()).contains("1234.5");
    try (GraphFile file = GraphFile.open(graph)) {
      assertThat(file.embedding(0)).isEqualTo(Embedding.of(RIGHT, 2));
    }
  }

  @Test
  void isNoticedByAViewThatWouldKeepItUnderAnUpdate() throws IOException {
    damage();
    pipeline.write(
        List.of(
            new Operation.Update(new RecordId("a"), null, "changed", null, MetadataPatch.NONE)));
    assertThat(get()).contains("1234.5", "changed");
  }

  @Test
  void isNeverFolded() throws IOException {
    damage();
    pipeline.write(
        List.of(
            new Operation.Update(new RecordId("a"), null, "changed", null, MetadataPatch.NONE)));
    pipeline.compact();
    assertThat(get()).contains("1234.5", "changed");
    assertThat(pipeline.verify(pipeline.published()).differences()).isEmpty();
  }

  @Test
  void isNoticedByAQueryWhichALinkLeadsNowhereAndFetchedAgain() throws IOException {
    List<Operation> linked = new ArrayList<>();
    for (int i = 0; i < GraphPolicy.LINKED_FROM_ROWS; i++) {
      Embedding point = Embedding.of((float) Math.sin(i), (float) Math.cos(3 * i));
      linked.add(new Operation.Add(new RecordId("b" + i), point, null, null, MetadataPatch.NONE));
    }
    pipeline.write(linked);
    pipeline.compact();
    Path graph = graph();
    Files.delete(graph); // its inode is the stored object's
    String right = nearest();
    assertThat(pipeline.snapshot().segments()).anyMatch(entry -> entry.segment().graph());

    byte[] bytes = Files.readAllBytes(graph);
    GraphLayout layout = GraphHeader.read(MemorySegment.ofArray(bytes), "graph").layout();
    for (int row = 0; row < layout.rows(); row++) {
      int at = (int) layout.places().node(row);
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, 1 << 30);
    }
    Files.write(graph, bytes, StandardOpenOption.WRITE);

    assertThat(nearest()).isEqualTo(right);
    assertThat(Files.readAllBytes(graph)).isNotEqualTo(bytes);
  }

  private String nearest() {
    String query =
        "{\"query_embeddings\":[[0.5,0.25]],\"n_results\":5,\"include\":[\"distances\"]}";
    ApiResponse response = pipeline.call(Route.QUERY, query);
    assertThat(response.status()).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private String get() {
    return new String(pipeline.call(Route.GET_RECORDS, GET).body(), StandardCharsets.UTF_8);
  }

  /** Writes a wrong first value into the first vector. */
  private Path damage() throws IOException {
    Path graph = graph();
    byte[] bytes = Files.readAllBytes(graph);
    MemorySegment file = MemorySegment.ofArray(bytes);
    GraphLayout layout = GraphHeader.read(file, "graph").layout();
    SplitRows places = layout.places();
    SplitFloats.of(file.get(ValueLayout.JAVA_BYTE, layout.exponentsOffset()))
        .write(Embedding.of(WRONG), file, places.codes(0), places.rest(0));
    Files.write(graph, bytes, StandardOpenOption.WRITE);
    return graph;
  }

  /** The largest one. */
  private Path graph() throws IOException {
    try (Stream<Path> found = Files.walk(folder.resolve("cache"))) {
      return found
          .filter(path -> path.endsWith(SegmentFile.GRAPH))
          .max(Comparator.comparingLong(path -> path.toFile().length()))
          .orElseThrow();
    }
  }
}
