package dev.siltstone.benchmarks.compaction;

import dev.siltstone.hnsw.GraphHeader;
import dev.siltstone.hnsw.GraphLayout;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a {@code graph.hnsw} consists of: vectors, and links with what belongs to them. */
record GraphShares(int rows, boolean linked, long vectorBytes, long otherBytes) {
  static GraphShares of(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(GraphLayout.HEADER_BYTES);
      GraphLayout layout = GraphHeader.read(MemorySegment.ofArray(head), file.toString()).layout();
      long vectors = (long) layout.rows() * layout.dimension() * Float.BYTES;
      return new GraphShares(
          layout.rows(), layout.hasLinks(), vectors, layout.fileLength() - vectors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
