package dev.siltstone.segment.filters;

import dev.siltstone.record.Utf8;
import dev.siltstone.segment.file.FramedFileWriter;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** The directory of columns under construction. */
final class DirectoryBuilder {
  private record Entry(
      int keyOffset, int keyLength, ColumnKind kind, int values, long offset, long length) {}

  private final List<Entry> entries = new ArrayList<>();
  private final ByteArrayOutputStream keys = new ByteArrayOutputStream();

  void add(MetadataIndexWriter.ColumnName name, int values, long offset, long length) {
    byte[] key = Utf8.encode(name.key());
    entries.add(new Entry(keys.size(), key.length, name.kind(), values, offset, length));
    keys.writeBytes(key);
  }

  void writeTo(FramedFileWriter file, int rows) {
    file.putInt(entries.size());
    file.putInt(rows);
    for (Entry entry : entries) {
      file.putInt(entry.keyOffset());
      file.putInt(entry.keyLength());
      file.putInt(entry.kind().code());
      file.putInt(entry.values());
      file.putLong(entry.offset());
      file.putLong(entry.length());
    }
    file.put(keys.toByteArray());
  }
}
