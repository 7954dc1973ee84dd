package dev.siltstone.segment.fulltext;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Part of an index that waits on the disk for the merge: per key, ascending, the difference to the
 * key before, the number of rows, and the differences between them.
 */
final class SpilledRun implements SortedLists {
  private static final int BUFFER_BYTES = 1 << 16;

  private final InputStream in;
  private final Path path;
  private int left;
  private long key;
  private int count;

  private SpilledRun(InputStream in, Path path, int keys) {
    this.in = in;
    this.path = path;
    this.left = keys;
  }

  /** Writes a run to a new file and returns how many keys it has. */
  static int write(KeyRows gathered, Path path) {
    try (OutputStream out =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW), BUFFER_BYTES)) {
      Writer writer = new Writer(out);
      gathered.drainTo(writer);
      return writer.keys;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  static SpilledRun open(Path path, int keys) {
    try {
      return new SpilledRun(
          new BufferedInputStream(Files.newInputStream(path), BUFFER_BYTES), path, keys);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  @Override
  public boolean advance() {
    if (left == 0) {
      return false;
    }
    left--;
    key += number();
    count = (int) number();
    return true;
  }

  @Override
  public long key() {
    return key;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public void copyRows(int[] target, int at) {
    int row = 0;
    for (int i = 0; i < count; i++) {
      row += (int) number();
      target[at + i] = row;
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + path, e);
    }
  }

  private long number() {
    try {
      long value = 0;
      for (int shift = 0; ; shift += 7) {
        int next = in.read();
        if (next < 0) {
          throw new EOFException();
        }
        value |= (next & 0x7fL) << shift;
        if (next < 0x80) {
          return value;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static final class Writer implements RowListSink {
    private final OutputStream out;
    private final VarBytes bytes = new VarBytes();
    private long lastKey;
    private int keys;

    private Writer(OutputStream out) {
      this.out = out;
    }

    @Override
    public void accept(long key, int[] rows, int from, int to) {
      bytes.clear();
      bytes.put(key - lastKey);
      bytes.put(to - from);
      int before = 0;
      for (int i = from; i < to; i++) {
        bytes.put(rows[i] - before);
        before = rows[i];
      }
      lastKey = key;
      keys++;
      try {
        out.write(bytes.array(), 0, bytes.length());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
