package dev.siltstone.segment.rows;

import dev.siltstone.failure.CorruptDataException;
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

  /** Number of rows. */
  public int rows() {
    return table().rows();
  }

  /** A reader for one thread. */
  public RowCursor cursor() {
    return new RowCursor(this);
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
