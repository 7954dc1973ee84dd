package dev.siltstone.segment.fulltext;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.segment.file.FramedFile;
import dev.siltstone.segment.file.Section;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An index from keys to rows, read in place. Safe for any number of threads. */
final class Postings {
  private final Section lists;
  private final ByteBuffer dictionary;
  private final ByteBuffer directory;
  private final int rows;
  private final int keys;

  private Postings(Section lists, ByteBuffer dictionary, ByteBuffer directory, int rows) {
    this.lists = lists;
    this.dictionary = dictionary;
    this.directory = directory;
    this.rows = rows;
    this.keys = directory.getInt(0);
  }

  /**
   * Opens an index of a file.
   *
   * @param rows rows of the segment
   * @throws CorruptDataException if a section is missing or too short
   */
  static Postings open(FramedFile file, int firstSection, int rows) {
    ByteBuffer directory = file.section(firstSection + TextFormat.DIRECTORY).readAll();
    if (directory.limit() < TextFormat.DIRECTORY_HEADER_BYTES) {
      throw new CorruptDataException(file.name() + ": a directory is too short");
    }
    Postings postings =
        new Postings(
            file.section(firstSection + TextFormat.LISTS),
            file.section(firstSection + TextFormat.DICTIONARY).readAll(),
            directory,
            rows);
    if (directory.limit()
        != TextFormat.DIRECTORY_HEADER_BYTES
            + (long) postings.blocks() * TextFormat.DIRECTORY_ENTRY_BYTES) {
      throw new CorruptDataException(file.name() + ": a directory has the wrong length");
    }
    return postings;
  }

  /** Distinct keys. */
  int keys() {
    return keys;
  }

  /** The key's entry, or null if no row has it. */
  @Nullable PostingList find(long key) {
    int block = lastBlockFrom(key);
    if (block < 0) {
      return null;
    }
    List<PostingList> found = new ArrayList<>(1);
    forEach(block, key, key, found::add);
    return found.isEmpty() ? null : found.getFirst();
  }

  /** The entries of a range of keys, both ends included, ascending. */
  void forEach(long first, long last, Consumer<PostingList> action) {
    forEach(Math.max(0, lastBlockFrom(first)), first, last, action);
  }

  private void forEach(int block, long first, long last, Consumer<PostingList> action) {
    try {
      Cursor cursor = new Cursor(block);
      while (cursor.advance() && cursor.key <= last) {
        if (cursor.key >= first) {
          action.accept(cursor.entry());
        }
      }
    } catch (ArithmeticException | IllegalArgumentException | BufferUnderflowException e) {
      throw new CorruptDataException(lists.fileName() + ": a dictionary is damaged", e);
    }
  }

  /** The rows of an entry, ascending. */
  int[] rows(PostingList entry) {
    if (entry.bytes() == 0) {
      return new int[] {(int) entry.place()};
    }
    byte[] bytes = new byte[entry.bytes() + RowCode.PADDING];
    lists.read(entry.place(), entry.bytes()).get(0, bytes, 0, entry.bytes());
    return RowCode.decode(bytes, entry.count(), rows);
  }

  private int blocks() {
    return (keys + TextFormat.BLOCK_KEYS - 1) / TextFormat.BLOCK_KEYS;
  }

  /** The last block that begins at or before the key, or −1. */
  private int lastBlockFrom(long key) {
    int low = -1;
    int high = blocks() - 1;
    while (low < high) {
      int middle = (low + high + 1) >> 1;
      if (placed(middle, 0) <= key) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private long placed(int block, int field) {
    return directory.getLong(
        TextFormat.DIRECTORY_HEADER_BYTES
            + block * TextFormat.DIRECTORY_ENTRY_BYTES
            + field * Long.BYTES);
  }

  /** Goes through entries from the start of a block on. */
  private final class Cursor {
    private final ByteBuffer bytes = dictionary.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    private int next;
    private long key;
    private long listsAt;
    private int count;
    private long at;
    private long value;

    private Cursor(int block) {
      this.next = block * TextFormat.BLOCK_KEYS;
      if (next < keys) {
        this.key = placed(block, 0);
        bytes.position(Math.toIntExact(placed(block, 1)));
        this.listsAt = placed(block, 2);
      }
    }

    boolean advance() {
      if (next >= keys) {
        return false;
      }
      long step = number();
      key =
          next % TextFormat.BLOCK_KEYS == 0 ? placed(next / TextFormat.BLOCK_KEYS, 0) : key + step;
      next++;
      count = (int) number();
      if (count < 1 || count > rows) {
        throw new CorruptDataException("%d of %d rows for one key".formatted(count, rows));
      }
      value = number();
      if (count == 1 ? value >= rows : value > lists.length()) {
        throw new CorruptDataException("the place %d of a key's rows is wrong".formatted(value));
      }
      at = listsAt;
      listsAt += count == 1 ? 0 : value;
      return true;
    }

    PostingList entry() {
      return count == 1
          ? new PostingList(key, 1, value, 0)
          : new PostingList(key, count, at, Math.toIntExact(value));
    }

    private long number() {
      long value = 0;
      for (int shift = 0; shift < 64; shift += 7) {
        byte next = bytes.get();
        value |= (next & 0x7fL) << shift;
        if (next >= 0) {
          return value;
        }
      }
      throw new CorruptDataException("a number in a dictionary does not end");
    }
  }
}
