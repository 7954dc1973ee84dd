package dev.siltstone.segment.file;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.UnsupportedFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** A file in the frame that the package page describes, opened for reading. */
public final class FramedFile implements AutoCloseable {
  /** One read of this many bytes from the end shows the whole table of every kind of file. */
  private static final int END_BYTES = 1 << 10;

  private final FileKind kind;
  private final ByteSource source;
  private final Map<Integer, Section> sections;

  private FramedFile(FileKind kind, ByteSource source, Map<Integer, Section> sections) {
    this.kind = kind;
    this.source = source;
    this.sections = sections;
  }

  /**
   * Reads and checks the end of the file, in one read; closes the source if that fails.
   *
   * @throws CorruptDataException if the file is damaged, truncated or of another kind
   * @throws UnsupportedFormatException if a newer writer made it
   */
  public static FramedFile open(FileKind kind, ByteSource source) {
    try {
      return new FramedFile(kind, source, sections(kind, source));
    } catch (RuntimeException e) {
      source.close();
      throw e;
    }
  }

  private static Map<Integer, Section> sections(FileKind kind, ByteSource source) {
    if (source.size() < FrameTrailer.HEADER_BYTES + FrameTrailer.TRAILER_BYTES) {
      throw FrameTrailer.truncated(kind, source);
    }
    int length = (int) Math.min(END_BYTES, source.size());
    ByteBuffer end = source.read(source.size() - length, length);
    FrameTrailer.checkIdentity(kind, source, end);
    return readTable(kind, source, end);
  }

  private static Map<Integer, Section> readTable(FileKind kind, ByteSource source, ByteBuffer end) {
    int trailer = end.limit() - FrameTrailer.TRAILER_BYTES;
    int count = end.getInt(trailer + 8);
    long tableStart = trailer - (long) count * FrameTrailer.TABLE_ENTRY_BYTES;
    if (end.getLong(trailer) != source.size() || count < 0 || tableStart < 0) {
      throw damaged(kind, source);
    }
    ByteBuffer checked = end.slice((int) tableStart, trailer + 12 - (int) tableStart);
    if (FrameTrailer.crc(checked) != end.getInt(trailer + 12)) {
      throw damaged(kind, source);
    }
    return sections(source, checked.order(ByteOrder.LITTLE_ENDIAN), count);
  }

  private static Map<Integer, Section> sections(ByteSource source, ByteBuffer table, int count) {
    Map<Integer, Section> sections = new HashMap<>();
    for (int i = 0; i < count; i++) {
      int at = i * FrameTrailer.TABLE_ENTRY_BYTES;
      int id = table.getInt(at);
      sections.put(
          id,
          new Section(
              source, id, table.getInt(at + 4), table.getLong(at + 8), table.getLong(at + 16)));
    }
    return sections;
  }

  /**
   * The section of this id.
   *
   * @throws CorruptDataException if the file has none
   */
  public Section section(int id) {
    Section section = sections.get(id);
    if (section == null) {
      throw new CorruptDataException("%s has no section %d".formatted(source.name(), id));
    }
    return section;
  }

  /**
   * Reads the header and every section and compares checksums.
   *
   * @throws CorruptDataException if one does not match
   */
  public void verify() {
    FrameTrailer.checkHeader(kind, source);
    sections.values().forEach(Section::verify);
  }

  public String name() {
    return source.name();
  }

  @Override
  public void close() {
    source.close();
  }

  private static CorruptDataException damaged(FileKind kind, ByteSource source) {
    return new CorruptDataException(
        "%s: the section table of this %s is damaged".formatted(source.name(), kind.name()));
  }
}
