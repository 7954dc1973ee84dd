package dev.siltstone.segment.rows;

import com.github.luben.zstd.ZstdCompressCtx;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataCodec;
import dev.siltstone.record.Utf8;
import dev.siltstone.segment.file.FinishedFile;
import dev.siltstone.segment.file.FramedFileWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code rows.blk} block by block: memory is one block and 12 bytes per block written.
 * Belongs to one thread.
 */
public final class RowBlocksWriter implements AutoCloseable {
  /**
   * Unpacked bytes at which a block ends. Measured on English abstracts: 4, 8, 16 and 32 KB take
   * 43, 40, 37 and 36 % of the space and 6, 11, 20 and 31 µs to unpack; ten hits are ten blocks.
   */
  public static final int BLOCK_BYTES = 8 << 10;

  /** Rows at which a block ends. */
  public static final int BLOCK_ROWS = 256;

  /** At this block size level 3 saves half a percent and takes a third more time. */
  private static final int LEVEL = 1;

  private final FramedFileWriter file;
  private final ZstdCompressCtx packer = new ZstdCompressCtx().setLevel(LEVEL);
  private final ColumnBuilder[] columns = new ColumnBuilder[RowField.COUNT];
  private long[] offsets = new long[64];
  private int[] firstRows = new int[64];
  private int blocks;
  private int rows;
  private int blockBytes;

  private RowBlocksWriter(FramedFileWriter file) {
    this.file = file;
    Arrays.setAll(columns, _ -> new ColumnBuilder());
    file.begin(RowFormat.BLOCKS);
  }

  /**
   * Begins a new file.
   *
   * @throws java.io.UncheckedIOException if the path exists or cannot be written
   */
  public static RowBlocksWriter create(Path path) {
    return new RowBlocksWriter(FramedFileWriter.create(RowFormat.KIND, path));
  }

  /** Adds the next row. */
  public void add(@Nullable String document, @Nullable String uri, Metadata metadata) {
    byte[] documentBytes = document == null ? null : Utf8.encode(document);
    byte[] uriBytes = uri == null ? null : Utf8.encode(uri);
    byte[] metadataBytes = metadata.isEmpty() ? null : MetadataCodec.encode(metadata);
    int bytes = length(documentBytes) + length(uriBytes) + length(metadataBytes);
    int blockRows = rows - firstRow();
    if (blockRows == BLOCK_ROWS || (blockRows > 0 && blockBytes > BLOCK_BYTES - bytes)) {
      endBlock();
    }
    columns[RowField.DOCUMENT.position()].add(documentBytes);
    columns[RowField.URI.position()].add(uriBytes);
    columns[RowField.METADATA.position()].add(metadataBytes);
    blockBytes += bytes;
    rows++;
  }

  /** Completes the file and forces it to the disk. */
  public FinishedFile finish() {
    if (rows > firstRow()) {
      endBlock();
    }
    offsets[blocks] = file.sectionLength();
    firstRows[blocks] = rows;
    file.begin(RowFormat.TABLE);
    file.putInt(blocks);
    file.putInt(0);
    for (int block = 0; block <= blocks; block++) {
      file.putLong(offsets[block]);
    }
    for (int block = 0; block <= blocks; block++) {
      file.putInt(firstRows[block]);
    }
    packer.close();
    return file.finish();
  }

  /** Gives up the file if it is not finished. */
  @Override
  public void close() {
    packer.close();
    file.close();
  }

  private int firstRow() {
    return firstRows[blocks];
  }

  private void endBlock() {
    if (blocks + 2 == offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
      firstRows = Arrays.copyOf(firstRows, firstRows.length * 2);
    }
    offsets[blocks++] = file.sectionLength();
    firstRows[blocks] = rows;
    blockBytes = 0;
    writeBlock();
  }

  private void writeBlock() {
    byte[][] stored = new byte[RowField.COUNT][];
    ByteBuffer lengths =
        ByteBuffer.allocate(RowField.BLOCK_HEADER_BYTES - RowFormat.CRC_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int field = 0; field < RowField.COUNT; field++) {
      byte[] raw = columns[field].takeRaw();
      stored[field] = packed(raw);
      lengths.putInt(stored[field].length).putInt(raw.length);
    }
    CRC32C crc = new CRC32C();
    crc.update(lengths.array());
    for (byte[] column : stored) {
      crc.update(column);
    }
    file.putInt((int) crc.getValue());
    file.put(lengths.array());
    for (byte[] column : stored) {
      file.put(column);
    }
  }

  /** Compressed where that makes it shorter. */
  private byte[] packed(byte[] raw) {
    if (raw.length == 0) {
      return raw;
    }
    byte[] compressed = packer.compress(raw);
    return compressed.length < raw.length ? compressed : raw;
  }

  private static int length(byte @Nullable [] value) {
    return value == null ? 0 : value.length;
  }
}
