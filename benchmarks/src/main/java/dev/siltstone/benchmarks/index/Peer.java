package dev.siltstone.benchmarks.index;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** One implementation of an approximate index. All are built with equal M and efConstruction. */
interface Peer {
  int M = 16;
  int EF_CONSTRUCTION = 200;

  /** All that can be compared in one run. */
  static List<Peer> all() {
    return List.of(new SiltstonePeer(), new HnswlibCorePeer(), new LucenePeer(), new JVectorPeer());
  }

  static Peer named(String name) {
    return all().stream()
        .filter(peer -> peer.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no peer is called " + name));
  }

  String name();

  /** Builds an index of unit vectors, for inner product, and writes it into an empty folder. */
  void build(float[][] base, Path folder, int threads) throws IOException, InterruptedException;

  /** Opens what {@link #build} wrote, ready for one thread's searches. */
  OpenIndex open(Path folder) throws IOException;

  /** An open index. */
  interface OpenIndex extends AutoCloseable {
    /** The rows found nearest, at most {@link Workload#K} of them. */
    int[] search(float[] query, int ef) throws IOException;

    @Override
    void close() throws IOException;
  }
}
