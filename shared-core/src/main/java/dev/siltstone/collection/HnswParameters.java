package dev.siltstone.collection;

/**
 * Index parameters, with Chroma's names and defaults. {@code maxNeighbors} is the paper's M (links
 * a node has on upper layers, twice as many on the lowest), {@code efConstruction} and {@code
 * efSearch} the sizes of the candidate lists while building and searching (Malkov and Yashunin,
 * 2016). The last four are accepted and echoed for clients; nothing here depends on them.
 */
public record HnswParameters(
    int maxNeighbors,
    int efConstruction,
    int efSearch,
    int threads,
    double resizeFactor,
    int batchSize,
    int syncThreshold) {
  public static final HnswParameters DEFAULT = new HnswParameters(16, 100, 100, 2, 1.2, 100, 1000);
}
