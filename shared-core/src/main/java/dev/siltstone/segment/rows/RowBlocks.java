package dev.siltstone.segment.rows;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.file.ByteRange;
import dev.siltstone.segment.file.ByteSource;
import dev.siltstone.segment.file.FramedFile;
import dev.siltstone.segment.file.Section;
import org.jspecify.annotations.Nullable;

/**
 * A {@code rows.blk} opened for reading, mapped or by range. Opening reads the end of the file; the
 * first access the block table (12 bytes a block). Safe for any number of threads, each with a
 * cursor of its own.
 *
 * <p>Methods throw {@link CorruptDataException} where bytes do not match their checksums.
 */
public final class RowBlocks implements AutoCloseable {
  private static final long TAIL_BYTES = 1 << 14;

  /** A block is some 3,000 bytes long, its entry in the table 12. */
  private static final long FILE_BYTES_PER_TABLE_BYTE = 150;

  private final FramedFile file;
  private final Section blocks;
  private final Unpacker unpacker = new Unpacker();
  private volatile @Nullable BlockTable table;

  private RowBlocks(FramedFile file) {
    this.file = file;
    this.blocks = file.section(RowFormat.BLOCKS);
  }

  /**
   * Opens the file and takes over the source.
   *
   * @throws CorruptDataException if it is damaged or truncated
   * @throws dev.siltstone.failure.UnsupportedFormatException if a newer writer made it
   */
  public static RowBlocks open(ByteSource source) {
    return new RowBlocks(FramedFile.open(RowFormat.KIND, source));
  }

  /** So many last bytes of a file of this length hold, as a rule, all that finding a row needs. */
  public static long tailBytes(long fileBytes) {
    return TAIL_BYTES + fileBytes / FILE_BYTES_PER_TABLE_BYTE;
  }

  /** Number of rows. */
  public int rows() {
    return table().rows();
  }

  /** A reader for one thread. */
  public RowCursor cursor() {
    return new RowCursor(this);
  }

  /** What a cursor will read of the file for a row. */
  public ByteRange rangeOf(int row) {
    BlockTable known = table();
    int block = known.blockOf(row);
    return blocks.range(known.start(block), known.length(block));
  }

  /** Reads everything and checks it. */
  public void verify() {
    file.verify();
  }

  @Override
  public void close() {
    unpacker.close();
    file.close();
  }

  RowBlock block(int row) {
    BlockTable known = table();
    int block = known.blockOf(row);
    int firstRow = known.firstRow(block);
    return new RowBlock(
        blocks.read(known.start(block), known.length(block)),
        firstRow,
        known.firstRow(block + 1) - firstRow,
        unpacker);
  }

  private BlockTable table() {
    BlockTable known = table;
    if (known == null) {
      known = BlockTable.read(file.section(RowFormat.TABLE));
      table = known;
    }
    return known;
  }
}
