package dev.siltstone.segment.ids;

import dev.siltstone.record.OrderKey;
import dev.siltstone.record.RecordChecksum;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.Utf8;
import dev.siltstone.segment.file.FinishedFile;
import dev.siltstone.segment.file.FramedFileWriter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes {@code ids.idx}. Ids come in row order and are sorted at the end, so the entries are held
 * in memory: 38 bytes a row and the id itself, and 12 more a row while sorting. Belongs to one
 * thread.
 */
public final class IdIndexWriter {
  private final Path path;
  private final SortedEntries entries = new SortedEntries();

  /** Nothing is written before {@link #finish}. */
  public IdIndexWriter(Path path) {
    this.path = path;
  }

  /** Adds the record of the next row. */
  public void add(RecordId id, OrderKey order, RecordChecksum checksum) {
    byte[] idBytes = Utf8.encode(id.value());
    ByteBuffer entry =
        ByteBuffer.allocate(IdFormat.ENTRY_ID_AT + idBytes.length).order(ByteOrder.LITTLE_ENDIAN);
    entry.putInt(entries.size()).putLong(order.sequence()).putInt(order.index());
    entry.putLong(checksum.high()).putLong(checksum.low());
    entry.putShort((short) idBytes.length).put(idBytes);
    entries.add(entry.array());
  }

  /**
   * Writes the file.
   *
   * @throws IllegalArgumentException if an id was added twice
   */
  public FinishedFile finish() {
    entries.sort();
    try (FramedFileWriter file = FramedFileWriter.create(IdFormat.KIND, path)) {
      PageList pages = writePages(file);
      file.begin(IdFormat.ROWS);
      for (int offset : pages.entryOffsets) {
        file.putInt(offset);
      }
      writeDirectory(file, pages);
      return file.finish();
    }
  }

  private PageList writePages(FramedFileWriter file) {
    file.begin(IdFormat.PAGES);
    PageList pages = new PageList(entries.size());
    Page page = new Page();
    byte[] before = new byte[0];
    for (int i = 0; i < entries.size(); i++) {
      byte[] entry = entries.get(i);
      byte[] id = Arrays.copyOfRange(entry, IdFormat.ENTRY_ID_AT, entry.length);
      if (i > 0 && Arrays.equals(before, id)) {
        throw new IllegalArgumentException("an id was added to a segment twice");
      }
      if (page.isEmpty() || page.lacksRoomFor(entry)) {
        page.writeTo(file);
        pages.begin(file.sectionLength(), before, id);
      }
      pages.place(row(entry), file.sectionLength() + page.length());
      page.add(entry);
      before = id;
    }
    page.writeTo(file);
    pages.end(file.sectionLength());
    return pages;
  }

  private void writeDirectory(FramedFileWriter file, PageList pages) {
    long[] bloom = new long[BloomFilter.wordsFor(entries.size())];
    for (int i = 0; i < entries.size(); i++) {
      BloomFilter.add(bloom, entries.idHash(i));
    }
    file.begin(IdFormat.DIRECTORY);
    file.putInt(pages.count());
    file.putInt(bloom.length);
    file.putInt(BloomFilter.PROBES);
    file.putInt(0);
    for (long word : bloom) {
      file.putLong(word);
    }
    pages.writeTo(file);
  }

  private static int row(byte[] entry) {
    return ByteBuffer.wrap(entry).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
  }

  /** The page under construction. */
  private static final class Page {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(IdFormat.PAGE_BYTES);
    private int count;

    boolean isEmpty() {
      return count == 0;
    }

    boolean lacksRoomFor(byte[] entry) {
      return length() + entry.length > IdFormat.PAGE_BYTES;
    }

    int length() {
      return IdFormat.PAGE_HEADER_BYTES + bytes.size();
    }

    void add(byte[] entry) {
      bytes.writeBytes(entry);
      count++;
    }

    void writeTo(FramedFileWriter file) {
      if (count == 0) {
        return;
      }
      ByteBuffer counted =
          ByteBuffer.allocate(4 + bytes.size()).order(ByteOrder.LITTLE_ENDIAN).putInt(count);
      counted.put(bytes.toByteArray());
      CRC32C crc = new CRC32C();
      crc.update(counted.array());
      file.putInt((int) crc.getValue());
      file.put(counted.array());
      bytes.reset();
      count = 0;
    }
  }
}
