package dev.siltstone.hnsw;

import dev.siltstone.collection.Space;
import dev.siltstone.distance.InverseNorm;
import dev.siltstone.record.Embedding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Writes a {@code graph.hnsw} of vectors alone: append them in row order, then {@link #finish}. The
 * header is written last, so a file whose writer died is not one. Belongs to one thread.
 */
public final class GraphFileWriter implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 20;

  private final FileChannel channel;
  private final Space space;
  private final int dimension;
  private final GraphLayout nodes;
  private final ByteBuffer buffer;
  private float[] inverseNorms = new float[1024];
  private int rows;

  private GraphFileWriter(FileChannel channel, Space space, int dimension) throws IOException {
    this.channel = channel;
    this.space = space;
    this.dimension = dimension;
    this.nodes = new GraphLayout(space, dimension, 0, 0, 0);
    this.buffer =
        ByteBuffer.allocateDirect((int) Math.max(BUFFER_BYTES, nodes.stride()))
            .order(ByteOrder.LITTLE_ENDIAN);
    channel.position(GraphLayout.HEADER_BYTES);
  }

  /**
   * Begins a new file.
   *
   * @throws UncheckedIOException if the path exists or cannot be written
   */
  public static GraphFileWriter create(Path path, Space space, int dimension) {
    try {
      FileChannel channel =
          FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new GraphFileWriter(channel, space, dimension);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    int begin = reserveNode();
    embedding.writeTo(MemorySegment.ofBuffer(buffer.slice(begin, dimension * Float.BYTES)), 0);
    buffer.position(begin + (int) nodes.stride());
    if (space == Space.COSINE) {
      rememberInverseNorm(embedding);
    }
    return rows++;
  }

  /** Makes room for a node of zeros in the buffer. */
  private int reserveNode() {
    if (buffer.remaining() < nodes.stride()) {
      drain();
    }
    int begin = buffer.position();
    MemorySegment.ofBuffer(buffer.slice(begin, (int) nodes.stride())).fill((byte) 0);
    return begin;
  }

  private void rememberInverseNorm(Embedding embedding) {
    if (rows == inverseNorms.length) {
      inverseNorms = Arrays.copyOf(inverseNorms, rows * 2);
    }
    inverseNorms[rows] = InverseNorm.of(embedding.toArray());
  }

  /** Number of vectors so far. */
  public int rows() {
    return rows;
  }

  /**
   * Completes the file and forces it to the disk; nothing may be appended afterwards.
   *
   * @throws UncheckedIOException if that fails: the file is then not complete
   */
  public void finish() {
    GraphHeader header = GraphHeader.withoutLinks(new GraphLayout(space, dimension, rows, 0, 0));
    drain();
    writeInverseNorms(header.layout());
    write(header.encodeFooter(), header.layout().footerOffset());
    write(header.encodeHeader(), 0);
    try {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    close();
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
