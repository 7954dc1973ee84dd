package dev.siltstone.hnsw;

import dev.siltstone.distance.DistanceKernel;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Builds the links of a {@link GrowingGraph}, with as many threads as its parameters say. */
final class GraphBuilder {
  private final GrowingGraph graph;
  private final DistanceKernel kernel;
  private final Runnable checkpoint;

  /** {@code checkpoint} runs often, in any of the threads, and may throw to give the build up. */
  GraphBuilder(GrowingGraph graph, DistanceKernel kernel, Runnable checkpoint) {
    this.graph = graph;
    this.kernel = kernel;
    this.checkpoint = checkpoint;
  }

  /** Inserts every row. */
  void build() {
    insert(IntStream.range(0, graph.vectors().rows()));
  }

  /** Carries what the graft has and inserts the rest, and again what came through badly linked. */
  void build(Graft graft) {
    int[] carried =
        IntStream.range(0, graft.base().size())
            .filter(row -> graft.newRow(row) != Graft.GONE)
            .toArray();
    ConcurrentLinkedQueue<Integer> badlyLinked = new ConcurrentLinkedQueue<>();
    ParallelRows.forEach(
        carried,
        graph.parameters().threads(),
        checkpoint,
        () -> {
          LinkCarrier carrier = new LinkCarrier(graft, graph, kernel);
          return row -> {
            if (!carrier.carry(row)) {
              badlyLinked.add(graft.newRow(row));
            }
          };
        });
    graph.enterAt(graft.entry());
    insert(badlyLinked.stream().mapToInt(Integer::intValue).sorted());
    insert(graft.newcomers(graph.vectors().rows()));
  }

  private void insert(IntStream rows) {
    ParallelRows.forEach(
        rows.toArray(),
        graph.parameters().threads(),
        checkpoint,
        () -> new RowInserter(graph, kernel)::insert);
  }
}
