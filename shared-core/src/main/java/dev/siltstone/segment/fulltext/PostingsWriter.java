package dev.siltstone.segment.fulltext;

import dev.siltstone.segment.file.FramedFileWriter;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the three sections of one index. The lists go to the file as they come; the dictionary,
 * about 6 bytes a key, stays in memory until {@link #finish}.
 */
final class PostingsWriter implements RowListSink {
  private final FramedFileWriter file;
  private final int firstSection;
  private final int rows;
  private final RowCode.Encoder encoder = new RowCode.Encoder();
  private final VarBytes dictionary = new VarBytes();
  private long[] blocks = new long[3 * 16];
  private int keys;
  private long lastKey;

  /**
   * Begins the first section.
   *
   * @param rows rows of the segment
   */
  PostingsWriter(FramedFileWriter file, int firstSection, int rows) {
    this.file = file;
    this.firstSection = firstSection;
    this.rows = rows;
    file.begin(firstSection + TextFormat.LISTS);
  }

  @Override
  public void accept(long key, int[] list, int from, int to) {
    if (keys % TextFormat.BLOCK_KEYS == 0) {
      beginBlock(key);
    }
    dictionary.put(key - lastKey);
    dictionary.put(to - from);
    if (to - from == 1) {
      dictionary.put(list[from]);
    } else {
      int bytes = encoder.encode(list, from, to, rows);
      file.put(ByteBuffer.wrap(encoder.bytes(), 0, bytes));
      dictionary.put(bytes);
    }
    lastKey = key;
    keys++;
  }

  void finish() {
    file.begin(firstSection + TextFormat.DICTIONARY);
    file.put(ByteBuffer.wrap(dictionary.array(), 0, dictionary.length()));
    file.begin(firstSection + TextFormat.DIRECTORY);
    file.putInt(keys);
    file.putInt(0);
    int numbers = 3 * ((keys + TextFormat.BLOCK_KEYS - 1) / TextFormat.BLOCK_KEYS);
    for (int i = 0; i < numbers; i++) {
      file.putLong(blocks[i]);
    }
  }

  private void beginBlock(long key) {
    int at = 3 * (keys / TextFormat.BLOCK_KEYS);
    if (at == blocks.length) {
      blocks = Arrays.copyOf(blocks, at * 2);
    }
    blocks[at] = key;
    blocks[at + 1] = dictionary.length();
    blocks[at + 2] = file.sectionLength();
    lastKey = key;
  }
}
