package dev.siltstone.segment.fulltext;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Turns pairs of a key and a row into sorted lists of rows in bounded memory: what exceeds a run
 * waits in files beside the target until {@link #drainTo} merges them. Belongs to one thread.
 */
final class PostingsBuilder implements AutoCloseable {
  /** Pairs of a run, after which the next row begins another: about 60 MB with sorting. */
  static final int RUN_PAIRS = 4 << 20;

  private final Path prefix;
  private final int runPairs;
  private final KeyRows gathered = new KeyRows();
  private final List<Path> files = new ArrayList<>();
  private final List<Run> runs = new ArrayList<>();

  private record Run(Path path, int keys) {}

  /**
   * A builder.
   *
   * @param prefix of the names of files for runs, which are gone after {@link #close}
   */
  PostingsBuilder(Path prefix, int runPairs) {
    this.prefix = prefix;
    this.runPairs = runPairs;
  }

  /** Adds a pair; rows do not go back. */
  void add(long key, int row) {
    gathered.add(key, row);
  }

  /** Ends a row: a run holds whole rows. */
  void endRow() {
    if (gathered.pairs() >= runPairs) {
      spill();
    }
  }

  /** Hands over everything, and is empty then. */
  void drainTo(RowListSink sink) {
    if (runs.isEmpty()) {
      gathered.drainTo(sink);
      return;
    }
    if (gathered.pairs() > 0) {
      spill();
    }
    List<SortedLists> open = new ArrayList<>();
    try {
      runs.forEach(run -> open.add(SpilledRun.open(run.path(), run.keys())));
      merge(open, sink);
    } finally {
      open.forEach(SortedLists::close);
    }
  }

  /** Removes the files of runs. */
  @Override
  public void close() {
    try {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.clear();
  }

  private void spill() {
    Path path = prefix.resolveSibling(prefix.getFileName() + ".run" + files.size());
    files.add(path);
    runs.add(new Run(path, SpilledRun.write(gathered, path)));
  }

  /** Rows of an earlier source come before those of a later one. */
  private static void merge(List<SortedLists> sources, RowListSink sink) {
    PriorityQueue<Source> next =
        new PriorityQueue<>(
            Comparator.comparingLong((Source source) -> source.lists().key())
                .thenComparingInt(Source::number));
    for (int number = 0; number < sources.size(); number++) {
      addIfAny(next, new Source(sources.get(number), number));
    }
    int[] rows = new int[64];
    while (!next.isEmpty()) {
      long key = next.element().lists().key();
      int count = 0;
      while (!next.isEmpty() && next.element().lists().key() == key) {
        Source source = next.remove();
        int more = source.lists().count();
        if (rows.length - count < more) {
          rows = Arrays.copyOf(rows, Math.max(rows.length * 2, count + more));
        }
        source.lists().copyRows(rows, count);
        count += more;
        addIfAny(next, source);
      }
      sink.accept(key, rows, 0, count);
    }
  }

  private static void addIfAny(PriorityQueue<Source> next, Source source) {
    if (source.lists().advance()) {
      next.add(source);
    }
  }

  private record Source(SortedLists lists, int number) {}
}
