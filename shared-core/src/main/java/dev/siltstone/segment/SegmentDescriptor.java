package dev.siltstone.segment;

import dev.siltstone.collection.Space;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.SegmentId;
import dev.siltstone.record.OrderKey;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.util.List;

/**
 * What a manifest says about a segment.
 *
 * @param epoch of the run that wrote it; part of its files' keys
 * @param rows records in it, deleted ones included; at least one
 * @param dimension values per vector
 * @param first the smallest order key in it, that of row 0
 * @param last the largest order key in it
 * @param graph whether its vectors are linked into a graph; otherwise they are scanned
 */
public record SegmentDescriptor(
    SegmentId id,
    Epoch epoch,
    int rows,
    int dimension,
    Space space,
    OrderKey first,
    OrderKey last,
    boolean graph,
    List<SegmentFile> files) {
  public SegmentDescriptor {
    files = List.copyOf(files);
    if (rows < 1 || dimension < 1) {
      throw new IllegalArgumentException(
          "segment %s with %d rows of dimension %d".formatted(id, rows, dimension));
    }
    if (first.compareTo(last) > 0) {
      throw new IllegalArgumentException("segment %s from %s to %s".formatted(id, first, last));
    }
    if (files.stream().map(SegmentFile::name).distinct().count() != files.size()) {
      throw new IllegalArgumentException("segment %s names a file twice".formatted(id));
    }
  }

  /** Where a file of this segment is stored. */
  public ObjectKey keyOf(CollectionId collection, SegmentFile file) {
    return ObjectLayout.segmentFile(collection, epoch, id, file.name());
  }

  /**
   * The file of this name.
   *
   * @throws IllegalArgumentException if the segment has none
   */
  public SegmentFile file(String name) {
    return files.stream()
        .filter(file -> file.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("segment %s has no %s".formatted(id, name)));
  }

  /** Whether the segment has a file of this name. */
  public boolean has(String name) {
    return files.stream().anyMatch(file -> file.name().equals(name));
  }

  /** Length of all files. */
  public long bytes() {
    return files.stream().mapToLong(SegmentFile::bytes).sum();
  }
}
