package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.InverseNorm;
import dev.siltstone.distance.KernelChoice;
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
  private final GraphLayout nodes;
  private final ByteBuffer buffer;
  private float[] inverseNorms = new float[1024];
  private @Nullable Graft graft;
  private int rows;

  private GraphFileWriter(
      FileChannel channel, Space space, int dimension, @Nullable GraphParameters parameters)
      throws IOException {
    this.channel = channel;
    this.space = space;
    this.dimension = dimension;
    this.parameters = parameters;
    this.nodes = layout(0, 0);
    this.buffer =
        ByteBuffer.allocateDirect((int) Math.max(BUFFER_BYTES, nodes.stride()))
            .order(ByteOrder.LITTLE_ENDIAN);
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
    MemorySegment node = reserveNode();
    embedding.writeTo(node, nodes.vectorOffset(0) - nodes.linksOffset(0));
    buffer.position(buffer.position() + (int) nodes.stride());
    if (space == Space.COSINE) {
      rememberInverseNorm(embedding);
    }
    return rows++;
  }

  /** Makes room in the buffer for a node without links, of zeros. */
  private MemorySegment reserveNode() {
    if (buffer.remaining() < nodes.stride()) {
      drain();
    }
    int length = (int) nodes.stride();
    MemorySegment node = MemorySegment.ofBuffer(buffer.slice(buffer.position(), length));
    node.fill((byte) 0);
    for (int place = 0; place < 2 * nodes.maxNeighbors(); place++) {
      node.set(Links.INT, 4L * place, Links.NONE);
    }
    return node;
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
    GraphHeader header = GraphHeader.withoutLinks(layout(rows, 0));
    writeAfterNodes(header);
    return header;
  }

  private GraphHeader finishGraph(GraphParameters graph, Runnable checkpoint) {
    int[] levels = IntStream.range(0, rows).map(graph::level).toArray();
    if (graft != null) {
      graft.putLevels(levels);
    }
    GraphLayout layout = layout(rows, IntStream.of(levels).sum());
    writeAfterNodes(GraphHeader.withoutLinks(layout));
    GraphEntry entry = buildLinks(layout, levels, graph, checkpoint);
    GraphHeader header =
        new GraphHeader(layout, graph.efConstruction(), entry.row(), entry.level());
    write(header.encodeFooter(), layout.footerOffset());
    return header;
  }

  private void writeAfterNodes(GraphHeader header) {
    writeInverseNorms(header.layout());
    write(header.encodeFooter(), header.layout().footerOffset());
  }

  private GraphEntry buildLinks(
      GraphLayout layout, int[] levels, GraphParameters graph, Runnable checkpoint) {
    try (Arena arena = Arena.ofShared()) {
      MemorySegment file =
          channel.map(FileChannel.MapMode.READ_WRITE, 0, layout.fileLength(), arena);
      GrowingGraph growing = new GrowingGraph(file, layout, graph);
      growing.placeAll(levels);
      GraphBuilder builder =
          new GraphBuilder(growing, KernelChoice.ofThisJvm().kernel(), checkpoint);
      if (graft == null) {
        builder.build();
      } else {
        builder.build(graft);
      }
      file.force();
      return growing.entry();
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

  private void drain() {
    try {
      buffer.flip();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      buffer.clear();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
