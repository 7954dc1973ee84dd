package dev.siltstone.segment.fulltext;

import dev.siltstone.segment.file.FinishedFile;
import dev.siltstone.segment.file.FramedFileWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code text.idx}, unless the documents are so few that reading them costs less than an
 * index. Memory: 4 bytes a row, about 6 bytes per distinct gram and term, and at most two runs of
 * {@link PostingsBuilder#RUN_PAIRS} pairs; runs beyond wait in files beside the target. Belongs to
 * one thread.
 */
public final class TextIndexWriter implements AutoCloseable {
  /**
   * UTF-16 units of documents up to which a segment has no index. Checking that many takes less
   * than a millisecond; storing and fetching one more object takes longer.
   */
  public static final int SCANNED_UNITS = 64 << 10;

  private final Path path;
  private final int scannedUnits;
  private final PostingsBuilder grams;
  private final PostingsBuilder terms;
  private final List<@Nullable String> waiting = new ArrayList<>();
  private boolean indexing;
  private long units;
  private long tokens;
  private int documents;
  private int rows;
  private int[] lengths = new int[64];

  /** Nothing is written before {@link #finish} but runs of large indexes. */
  public TextIndexWriter(Path path) {
    this(path, SCANNED_UNITS, PostingsBuilder.RUN_PAIRS);
  }

  TextIndexWriter(Path path, int scannedUnits, int runPairs) {
    this.path = path;
    this.scannedUnits = scannedUnits;
    this.grams = new PostingsBuilder(path.resolveSibling(path.getFileName() + ".grams"), runPairs);
    this.terms = new PostingsBuilder(path.resolveSibling(path.getFileName() + ".terms"), runPairs);
  }

  /** Adds the next row's document, or null if it has none. */
  public void add(@Nullable String document) {
    units += document == null ? 0 : document.length();
    if (indexing) {
      index(document);
      return;
    }
    waiting.add(document);
    if (units > scannedUnits) {
      indexing = true;
      waiting.forEach(this::index);
      waiting.clear();
    }
  }

  /** Writes the file if there is to be one, forces it to the disk and closes it. */
  public @Nullable FinishedFile finish() {
    if (!indexing) {
      return null;
    }
    try (FramedFileWriter file = FramedFileWriter.create(TextFormat.KIND, path)) {
      write(grams, new PostingsWriter(file, TextFormat.GRAMS, rows));
      write(terms, new PostingsWriter(file, TextFormat.TERMS, rows));
      file.begin(TextFormat.LENGTHS);
      for (int row = 0; row < rows; row++) {
        file.putInt(lengths[row]);
      }
      file.begin(TextFormat.STATISTICS);
      file.putInt(rows);
      file.putInt(documents);
      file.putLong(tokens);
      return file.finish();
    } finally {
      close();
    }
  }

  /** Removes what was written on the way. */
  @Override
  public void close() {
    grams.close();
    terms.close();
  }

  private static void write(PostingsBuilder builder, PostingsWriter writer) {
    builder.drainTo(writer);
    writer.finish();
  }

  private void index(@Nullable String document) {
    if (rows == lengths.length) {
      lengths = Arrays.copyOf(lengths, rows * 2);
    }
    if (document != null) {
      documents++;
      addGrams(document);
      int length = Terms.forEach(document, term -> terms.add(term, rows));
      lengths[rows] = length;
      tokens += length;
      grams.endRow();
      terms.endRow();
    }
    rows++;
  }

  private void addGrams(String document) {
    if (document.isEmpty()) {
      return;
    }
    long gram = Gram.at(document, 0);
    grams.add(gram, rows);
    for (int end = Gram.UNITS; end < document.length() + Gram.UNITS - 1; end++) {
      gram = Gram.after(gram, end < document.length() ? Gram.unit(document.charAt(end)) : 0);
      grams.add(gram, rows);
    }
  }
}
