package dev.siltstone.segment;

import dev.siltstone.collection.Space;
import dev.siltstone.hnsw.GraphFile;
import dev.siltstone.hnsw.GraphFileWriter;
import dev.siltstone.hnsw.GraphParameters;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.segment.file.FinishedFile;
import dev.siltstone.segment.filters.MetadataIndexWriter;
import dev.siltstone.segment.fulltext.TextIndexWriter;
import dev.siltstone.segment.ids.IdIndexWriter;
import dev.siltstone.segment.rows.RowBlocksWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a segment's files into a folder: records in order-key order, then {@link #finish}. Vectors
 * and rows go to the disk as they come; in memory stay the ids and what the filters need (the
 * writers of those files say how much). A writer that is closed unfinished leaves partial files
 * behind, which the folder's owner removes. Belongs to one thread.
 */
public final class SegmentWriter implements AutoCloseable {
  private final Path folder;
  private final SegmentId id;
  private final Epoch epoch;
  private final Space space;
  private final int dimension;
  private final GraphFileWriter graph;
  private final boolean linked;
  private final IdIndexWriter ids;
  private final RowBlocksWriter rowBlocks;
  private final MetadataIndexWriter filters;
  private final TextIndexWriter text;
  private @Nullable OrderKey first;
  private @Nullable OrderKey last;
  private int rows;

  /**
   * Begins a segment without links.
   *
   * @param folder where the files go; exists and holds none of them
   * @throws UncheckedIOException if the files cannot be created
   */
  public SegmentWriter(Path folder, SegmentId id, Epoch epoch, Space space, int dimension) {
    this(
        folder,
        id,
        epoch,
        space,
        dimension,
        GraphFileWriter.create(folder.resolve(SegmentFile.GRAPH), space, dimension),
        false);
  }

  /**
   * Begins a segment whose vectors will be linked into a graph.
   *
   * @param folder where the files go; exists and holds none of them
   * @throws UncheckedIOException if the files cannot be created
   */
  public SegmentWriter(
      Path folder,
      SegmentId id,
      Epoch epoch,
      Space space,
      int dimension,
      GraphParameters parameters) {
    this(
        folder,
        id,
        epoch,
        space,
        dimension,
        GraphFileWriter.create(folder.resolve(SegmentFile.GRAPH), space, dimension, parameters),
        true);
  }

  private SegmentWriter(
      Path folder,
      SegmentId id,
      Epoch epoch,
      Space space,
      int dimension,
      GraphFileWriter graph,
      boolean linked) {
    this.folder = folder;
    this.id = id;
    this.epoch = epoch;
    this.space = space;
    this.dimension = dimension;
    this.graph = graph;
    this.linked = linked;
    this.ids = new IdIndexWriter(folder.resolve(SegmentFile.IDS));
    this.rowBlocks = RowBlocksWriter.create(folder.resolve(SegmentFile.ROWS));
    this.filters = new MetadataIndexWriter(folder.resolve(SegmentFile.FILTERS));
    this.text = new TextIndexWriter(folder.resolve(SegmentFile.TEXT));
  }

  /**
   * Adds a record.
   *
   * @throws IllegalArgumentException if its order key is not above that of the record before
   */
  public void add(StoredRecord record) {
    add(record, RecordChecksum.of(record));
  }

  /** Adds a record whose checksum is known, as when segments are merged. */
  public void add(StoredRecord record, RecordChecksum checksum) {
    if (last != null && last.compareTo(record.order()) >= 0) {
      throw new IllegalArgumentException(
          "a record of order %s after one of order %s".formatted(record.order(), last));
    }
    graph.append(record.embedding());
    ids.add(record.id(), record.order(), checksum);
    rowBlocks.add(record.document(), record.uri(), record.metadata());
    filters.add(record.metadata(), record.document() != null);
    text.add(record.document());
    first = first == null ? record.order() : first;
    last = record.order();
    rows++;
  }

  /** Records so far. */
  public int rows() {
    return rows;
  }

  /**
   * Lets the graph begin as a copy of another segment's, see {@link GraphFileWriter#reuse}.
   *
   * @param base stays open until the segment is finished
   * @param newRows for each row of {@code base} its row here, or -1 if it is not here
   */
  public void reuseGraph(GraphFile base, int[] newRows) {
    graph.reuse(base, newRows);
  }

  /** Completes the segment, whatever time that takes. */
  public SegmentDescriptor finish() {
    return finish(() -> {});
  }

  /**
   * Completes the files, forces them to the disk and closes them.
   *
   * @param checkpoint run often while a graph is built, by several threads; may throw to give up
   * @throws IllegalArgumentException if an id was added twice
   * @throws IllegalStateException if no record was added: there are no empty segments
   */
  public SegmentDescriptor finish(Runnable checkpoint) {
    if (first == null || last == null) {
      throw new IllegalStateException("segment " + id + " would be empty");
    }
    graph.finish(checkpoint);
    List<SegmentFile> files = new ArrayList<>();
    files.add(digested(SegmentFile.GRAPH));
    files.add(named(SegmentFile.IDS, ids.finish()));
    files.add(named(SegmentFile.ROWS, rowBlocks.finish()));
    files.add(named(SegmentFile.FILTERS, filters.finish()));
    FinishedFile indexed = text.finish();
    if (indexed != null) {
      files.add(named(SegmentFile.TEXT, indexed));
    }
    return new SegmentDescriptor(id, epoch, rows, dimension, space, first, last, linked, files);
  }

  /** Gives up a segment that is not finished; does nothing after {@link #finish}. */
  @Override
  public void close() {
    graph.close();
    rowBlocks.close();
    text.close();
  }

  private static SegmentFile named(String name, FinishedFile file) {
    return new SegmentFile(name, file.bytes(), file.checksum());
  }

  private SegmentFile digested(String name) {
    Path path = folder.resolve(name);
    try {
      return new SegmentFile(name, Files.size(path), SegmentVerifier.digest(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
