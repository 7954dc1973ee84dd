package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.VectorTable;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * A mapped {@code graph.hnsw}: the vectors of one segment, and perhaps links to search them by.
 * Opening reads header and footer only. Any number of threads may read; none may read after {@link
 * #close}.
 */
public final class GraphFile implements AutoCloseable {
  /** Searches at the same time whose memory is kept for the next ones. */
  private static final int IDLE_SEARCHES = 32;

  private final Arena arena;
  private final MemorySegment segment;
  private final GraphHeader header;
  private final VectorTable vectors;
  private final BlockingQueue<RowSearch> idle = new ArrayBlockingQueue<>(IDLE_SEARCHES);

  private GraphFile(Arena arena, MemorySegment segment, GraphHeader header) {
    this.arena = arena;
    this.segment = segment;
    this.header = header;
    this.vectors = header.vectors(segment);
  }

  /**
   * Maps a file.
   *
   * @throws dev.siltstone.failure.CorruptDataException if it is damaged or truncated
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer version wrote it
   * @throws UncheckedIOException if it cannot be read
   */
  public static GraphFile open(Path path) {
    Arena arena = Arena.ofShared();
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      MemorySegment segment = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
      return new GraphFile(arena, segment, GraphHeader.readWhole(segment, path.toString()));
    } catch (IOException e) {
      arena.close();
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /** Number of rows. */
  public int size() {
    return header.layout().rows();
  }

  public int dimension() {
    return header.layout().dimension();
  }

  public Space space() {
    return header.layout().space();
  }

  /** Whether the file can be searched by its graph; a file without rows cannot. */
  public boolean hasLinks() {
    return header.entryRow() >= 0;
  }

  /** The vector of a row, bit for bit as it was appended. */
  public Embedding embedding(int row) {
    float[] values = new float[dimension()];
    vectors.copyRow(row, values);
    return Embedding.owning(values);
  }

  /**
   * Offers the rows nearest to a query, of those that the filter admits, to {@code into}. Takes the
   * memory that an earlier search has used.
   *
   * @param query a vector of this dimension
   * @param ef the paper's ef, for searches that go through the graph
   */
  public void nearest(DistanceKernel kernel, float[] query, RowFilter filter, int ef, TopK into) {
    RowSearch kept = idle.poll();
    RowSearch search = kept != null && kept.uses(kernel) ? kept : new RowSearch(this, kernel);
    search.nearest(query, filter, ef, into);
    idle.offer(search);
  }

  /** About how many rows {@link #nearest} compares. */
  public long comparisons(RowFilter filter, int ef) {
    int admitted = filter.count(size());
    int beam = Math.min(ef, size());
    return hasLinks() && !SearchCost.scanIsCheaper(admitted, beam, size())
        ? SearchCost.ofWalk(admitted, beam, size())
        : admitted;
  }

  /** All vectors, in place. */
  public VectorTable vectors() {
    return vectors;
  }

  /** The paper's M that the graph was built with; 0 without links. */
  public int maxNeighbors() {
    return header.layout().maxNeighbors();
  }

  /** The links in place; only a file that {@link #hasLinks} has any. */
  Links links() {
    return new Links(segment, header.layout());
  }

  GraphHeader header() {
    return header;
  }

  /** Unmaps; a thread that still reads gets an {@link IllegalStateException}. */
  @Override
  public void close() {
    arena.close();
  }
}
