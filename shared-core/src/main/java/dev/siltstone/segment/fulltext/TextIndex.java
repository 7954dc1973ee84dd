package dev.siltstone.segment.fulltext;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.file.ByteSource;
import dev.siltstone.segment.file.FramedFile;
import dev.siltstone.segment.filters.RowBounds;
import dev.siltstone.where.DocumentPattern;
import java.nio.ByteBuffer;
import org.roaringbitmap.RoaringBitmap;

/**
 * A {@code text.idx} opened for reading. It is meant to be mapped: opening reads the directories'
 * places, a condition what it needs. Safe for any number of threads.
 */
public final class TextIndex implements AutoCloseable {
  private final FramedFile file;
  private final int rows;
  private final TextStatistics statistics;
  private final GramSearch grams;
  private final Postings terms;
  private final ByteBuffer lengths;

  private TextIndex(FramedFile file) {
    this.file = file;
    ByteBuffer counted = file.section(TextFormat.STATISTICS).readVerified();
    if (counted.limit() < TextFormat.STATISTICS_BYTES) {
      throw new CorruptDataException(file.name() + ": the statistics are too short");
    }
    this.rows = counted.getInt(0);
    this.statistics = new TextStatistics(counted.getInt(4), counted.getLong(8));
    this.grams = new GramSearch(Postings.open(file, TextFormat.GRAMS, rows));
    this.terms = Postings.open(file, TextFormat.TERMS, rows);
    this.lengths = file.section(TextFormat.LENGTHS).readAll();
  }

  /**
   * Opens the file and takes over the source.
   *
   * @throws CorruptDataException if it is damaged or truncated
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer writer made it
   */
  public static TextIndex open(ByteSource source) {
    FramedFile file = FramedFile.open(TextFormat.KIND, source);
    try {
      return new TextIndex(file);
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /** Rows of the segment. */
  public int rows() {
    return rows;
  }

  /**
   * Which candidates contain the text: certain for texts of up to three UTF-16 units.
   *
   * @param candidates rows that have a document; not changed
   */
  public RowBounds containing(String text, RoaringBitmap candidates) {
    if (text.isEmpty()) {
      return RowBounds.exactly(candidates.clone());
    }
    RoaringBitmap possible = grams.mayContain(text);
    possible.and(candidates);
    return text.length() <= Gram.UNITS ? RowBounds.exactly(possible) : RowBounds.atMost(possible);
  }

  /**
   * In which candidates the pattern may be found, judged by the texts that it requires.
   *
   * @param candidates rows that have a document; not changed
   */
  public RowBounds matching(DocumentPattern pattern, RoaringBitmap candidates) {
    return RowBounds.atMost(grams.satisfying(RequiredText.of(pattern.text()), candidates));
  }

  /** Of all documents, for ranking. */
  public TextStatistics statistics() {
    return statistics;
  }

  /** Terms in the row's document, repetitions included; 0 without a document. */
  public int tokens(int row) {
    return lengths.getInt(row * Integer.BYTES);
  }

  /**
   * The rows whose document has the term, ascending.
   *
   * @param term one run of letters and digits, in any case
   */
  public int[] rowsWithTerm(String term) {
    PostingList found = terms.find(Terms.hash(term));
    return found == null ? new int[0] : terms.rows(found);
  }

  /** How many documents have the term; costs a look into the dictionary. */
  public int documentFrequency(String term) {
    PostingList found = terms.find(Terms.hash(term));
    return found == null ? 0 : found.count();
  }

  /** Reads everything and checks it. */
  public void verify() {
    file.verify();
  }

  @Override
  public void close() {
    file.close();
  }
}
