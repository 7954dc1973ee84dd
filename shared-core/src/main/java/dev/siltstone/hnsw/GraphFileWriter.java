package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.DistanceKernel;
import dev.siltstone.distance.InverseNorm;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.distance.Rounding;
import dev.siltstone.distance.SplitFloats;
import dev.siltstone.distance.SplitRows;
import dev.siltstone.distance.SplitTable;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@code graph.hnsw}: append vectors in row order, then {@link #finish}, which also builds
 * the graph if parameters for one were given. The header is written last, so a file whose writer
 * died is not one. Belongs to one thread.
 */
public final class GraphFileWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 17;

  private final FileChannel channel;
  private final Space space;
  private final int dimension;
  private final @Nullable GraphParameters parameters;
  private final int linksPerRow;
  private final long linkBytes;
  private final int room;
  private final SplitRows places;
  private final ByteBuffer buffer;
  private final MemorySegment buffered;
  private float[] inverseNorms = new float[1024];
  private byte[] exponents = new byte[1024];
  private float rounding;
  private @Nullable Graft graft;
  private int rows;
  private int drained;

  private GraphFileWriter(
      FileChannel channel, Space space, int dimension, @Nullable GraphParameters parameters)
      throws IOException {
    this.channel = channel;
    this.space = space;
    this.dimension = dimension;
    this.parameters = parameters;
    this.linksPerRow = 2 * layout(0, 0).maxNeighbors();
    this.linkBytes = layout(0, 0).linkBytes();
    long block = new SplitRows(0, linkBytes, dimension, 0).blockBytes();
    this.room = SplitRows.BLOCK * (int) Math.max(1, BUFFER_BYTES / block);
    this.places = new SplitRows(0, linkBytes, dimension, room);
    this.buffer = ByteBuffer.allocateDirect((int) places.end());
    this.buffered = MemorySegment.ofBuffer(buffer);
    channel.position(GraphLayout.HEADER_BYTES);
  }

  /**
   * Begins a new file of vectors alone.
   *
   * @throws UncheckedIOException if the path exists or cannot be written
   */
  public static GraphFileWriter create(Path path, Space space, int dimension) {
    return open(path, space, dimension, null);
  }

  /**
   * Begins a new file that will have links.
   *
   * @throws UncheckedIOException if the path exists or cannot be written
   */
  public static GraphFileWriter create(
      Path path, Space space, int dimension, GraphParameters parameters) {
    return open(path, space, dimension, parameters);
  }

  private static GraphFileWriter open(
      Path path, Space space, int dimension, @Nullable GraphParameters parameters) {
    try {
      FileChannel channel =
          FileChannel.open(
              path,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      return new GraphFileWriter(channel, space, dimension, parameters);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private GraphLayout layout(int ofRows, int upperLists) {
    int maxNeighbors = parameters == null ? 0 : parameters.maxNeighbors();
    return new GraphLayout(space, dimension, ofRows, maxNeighbors, upperLists);
  }

  /**
   * Appends a vector.
   *
   * @return its row, counted from 0
   */
  public int append(Embedding embedding) {
    if (embedding.dimension() != dimension) {
      throw new IllegalArgumentException(
          "a vector of dimension %d for a file of %d".formatted(embedding.dimension(), dimension));
    }
    int place = rows % room;
    if (place == 0) {
      drain();
      buffered.fill((byte) 0);
    }
    for (int link = 0; link < linksPerRow; link++) {
      buffered.set(Links.INT, places.node(place) + (long) link * Integer.BYTES, Links.NONE);
    }
    SplitFloats floats = SplitFloats.of(embedding);
    floats.write(embedding, buffered, places.codes(place), places.rest(place));
    rememberExponent(floats.exponent());
    rounding = Math.max(rounding, Rounding.of(embedding, floats, space));
    if (space == Space.COSINE) {
      rememberInverseNorm(embedding);
    }
    return rows++;
  }

  private void rememberExponent(int exponent) {
    if (rows == exponents.length) {
      exponents = Arrays.copyOf(exponents, rows * 2);
    }
    exponents[rows] = (byte) exponent;
  }

  private void rememberInverseNorm(Embedding embedding) {
    if (rows == inverseNorms.length) {
      inverseNorms = Arrays.copyOf(inverseNorms, rows * 2);
    }
    inverseNorms[rows] = InverseNorm.of(embedding.toArray());
  }

  /**
   * Says that some of the rows stem from another file, whose links then need not be found again:
   * the rest is inserted into a copy of its graph. Pays while most of its rows are carried over;
   * where half of them are gone, building afresh gives the better graph for little more.
   *
   * @param base a file with links, of the same space, dimension and M; stays open until {@link
   *     #finish}
   * @param newRows for each row of {@code base} the row that was appended with the same vector, or
   *     -1 if there is none
   */
  public void reuse(GraphFile base, int[] newRows) {
    if (parameters == null
        || base.space() != space
        || base.dimension() != dimension
        || base.maxNeighbors() != parameters.maxNeighbors()) {
      throw new IllegalArgumentException("a graph of another shape cannot be reused");
    }
    graft = new Graft(base, newRows);
  }

  /** Number of vectors so far. */
  public int rows() {
    return rows;
  }

  /** Completes the file, whatever time that takes. */
  public void finish() {
    finish(() -> {});
  }

  /**
   * Completes the file and forces it to the disk; nothing may be appended afterwards.
   *
   * @param checkpoint run often while links are made, by several threads; may throw to give up
   * @throws UncheckedIOException if that fails: the file is then not complete
   */
  public void finish(Runnable checkpoint) {
    drain();
    GraphHeader header = parameters == null ? finishVectors() : finishGraph(parameters, checkpoint);
    write(header.encodeHeader(), 0);
    force();
    close();
  }

  private GraphHeader finishVectors() {
    GraphHeader header = GraphHeader.withoutLinks(layout(rows, 0), rounding());
    writeAfterNodes(header);
    return header;
  }

  private GraphHeader finishGraph(GraphParameters graph, Runnable checkpoint) {
    int[] levels = IntStream.range(0, rows).map(graph::level).toArray();
    if (graft != null) {
      graft.putLevels(levels);
    }
    GraphLayout layout = layout(rows, IntStream.of(levels).sum());
    writeAfterNodes(GraphHeader.withoutLinks(layout, rounding()));
    GraphHeader header = buildLinks(layout, levels, graph, checkpoint);
    write(header.encodeFooter(), layout.footerOffset());
    return header;
  }

  /** As in the header: values near the end of float32's range have no finite code. */
  private float rounding() {
    return Float.isFinite(rounding) ? rounding : 0;
  }

  private void writeAfterNodes(GraphHeader header) {
    write(ByteBuffer.wrap(exponents, 0, rows), header.layout().exponentsOffset());
    writeInverseNorms(header.layout());
    write(header.encodeFooter(), header.layout().footerOffset());
  }

  private GraphHeader buildLinks(
      GraphLayout layout, int[] levels, GraphParameters graph, Runnable checkpoint) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment file =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, layout.fileLength(), arena);
      DistanceKernel kernel = KernelChoice.ofThisJvm().kernel();
      SplitTable vectors =
          RoughCheck.of(GraphHeader.withoutLinks(layout, rounding()).vectors(file), kernel);
      GrowingGraph growing = new GrowingGraph(new Links(file, layout), vectors, graph);
      growing.placeAll(levels);
      GraphBuilder builder = new GraphBuilder(growing, kernel, checkpoint);
      if (graft == null) {
        builder.build();
      } else {
        builder.build(graft);
      }
      file.force();
      GraphEntry entry = growing.entry();
      return new GraphHeader(
          layout, graph.efConstruction(), entry.row(), entry.level(), vectors.rounding());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void force() {
    try {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeInverseNorms(GraphLayout layout) {
    if (space != Space.COSINE) {
      return;
    }
    ByteBuffer norms = ByteBuffer.allocate(rows * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    norms.asFloatBuffer().put(inverseNorms, 0, rows);
    write(norms, layout.inverseNormsOffset());
  }

  /** Writes the rows that are buffered: all that there is room for, or the last ones. */
  private void drain() {
    int count = rows - drained;
    SplitRows last = new SplitRows(0, linkBytes, dimension, count);
    for (int row = count / SplitRows.BLOCK * SplitRows.BLOCK; row < count; row++) {
      int restBytes = SplitFloats.restBytes(dimension);
      MemorySegment.copy(buffered, places.rest(row), buffered, last.rest(row), restBytes);
    }
    try {
      buffer.position(0).limit((int) last.end());
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    drained = rows;
  }

  private void write(ByteBuffer bytes, long at) {
    try {
      for (long to = at; bytes.hasRemaining(); ) {
        to += channel.write(bytes, to);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Gives up the file if it is not finished; does nothing after {@link #finish}. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
