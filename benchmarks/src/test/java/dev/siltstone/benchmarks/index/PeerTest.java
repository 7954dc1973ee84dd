package dev.siltstone.benchmarks.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.benchmarks.index.Peer.OpenIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each peer must be used so that it works: a figure of a broken one would flatter ours. */
class PeerTest {
  @TempDir static Path folder;

  private static Workload workload = new Workload(Path.of(""));

  @BeforeAll
  static void write() throws IOException {
    ClusteredVectors vectors = new ClusteredVectors(16, 1);
    workload =
        Workload.write(folder.resolve("workload"), vectors.draw(0, 600), vectors.draw(1, 30));
  }

  static Stream<String> peers() {
    return Peer.all().stream().map(Peer::name);
  }

  @ParameterizedTest
  @MethodSource("peers")
  void everyPeerFindsTheTruth(String name) throws Exception {
    Peer peer = Peer.named(name);
    Path index = Files.createDirectories(folder.resolve(name));
    peer.build(workload.base(), index, 1);
    int[][] truth = workload.truth();
    float[][] queries = workload.queries();
    long hits = 0;
    try (OpenIndex open = peer.open(index)) {
      for (int i = 0; i < queries.length; i++) {
        int[] nearest = truth[i];
        hits +=
            Arrays.stream(open.search(queries[i], 100))
                .filter(row -> Arrays.stream(nearest).anyMatch(expected -> expected == row))
                .count();
      }
    }
    assertThat(hits).isGreaterThan((long) (0.98 * queries.length * Workload.K));
  }

  @Test
  void vectorFilesGiveBackWhatWasWritten() throws IOException {
    float[][] floats = {{1.5f, -2, Float.MIN_VALUE}, {0, 3, 4}};
    int[][] ints = {{7, -1}, {Integer.MAX_VALUE, 0}};
    VectorFiles.write(folder.resolve("a.fvecs"), floats);
    VectorFiles.write(folder.resolve("a.ivecs"), ints);
    assertThat(VectorFiles.readFloats(folder.resolve("a.fvecs"))).isDeepEqualTo(floats);
    assertThat(VectorFiles.readInts(folder.resolve("a.ivecs"))).isDeepEqualTo(ints);
  }

  @Test
  void drawsTheSameUnitVectorsFromTheSameSeed() {
    float[][] first = new ClusteredVectors(24, 9).draw(1, 5);
    assertThat(new ClusteredVectors(24, 9).draw(1, 5)).isDeepEqualTo(first);
    assertThat(new ClusteredVectors(24, 9).draw(0, 5)[0]).isNotEqualTo(first[0]);
    double squares = 0;
    for (float value : first[0]) {
      squares += value * value;
    }
    assertThat(squares).isBetween(0.9999, 1.0001);
  }

  @Test
  void theTableShowsMediansAndRatiosToTheFirst() {
    PeerFigures ours = new PeerFigures("ours");
    PeerFigures theirs = new PeerFigures("theirs");
    for (double millis : new double[] {9, 1, 2, 3}) {
      ours.add(FigureTable.OPEN, millis);
      theirs.add(FigureTable.OPEN, 2 * millis);
    }
    FigureTable table = new FigureTable(List.of(), List.of());
    assertThat(table.render(List.of(ours, theirs)))
        .startsWith("| | ours | theirs |\n|---|---|---|\n| open, ms | 2.500 | 5.000 (0.500) |\n");
  }
}
