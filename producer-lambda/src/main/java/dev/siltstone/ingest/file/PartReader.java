package dev.siltstone.ingest.file;

import dev.siltstone.api.ApiException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.ingest.CollectionRef;
import dev.siltstone.ingest.WriteBatch;
import dev.siltstone.ingest.WriteEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a file's text in parts. Where a part ends depends on nothing but where it begins. */
final class PartReader {
  /** A part ends with the line that reaches one of these. */
  static final int ENOUGH_OPERATIONS = 1_000;

  static final int ENOUGH_BYTES = 4 << 20;

  /** Of one line; a line may hold many records. */
  static final int MOST_LINE_BYTES = 16 << 20;

  private final InputStream text;
  private final CollectionRef collection;
  private long line;

  /**
   * Goes on in a file.
   *
   * @param text from where a part begins; buffered
   * @param line how many lines are before it
   */
  PartReader(InputStream text, CollectionRef collection, long line) {
    this.text = text;
    this.collection = collection;
    this.line = line;
  }

  /**
   * The next part, or empty at the end.
   *
   * @throws RefusedFileException if a line is wrong
   */
  Optional<FilePart> next() throws IOException {
    List<WriteBatch> batches = new ArrayList<>();
    long bytes = 0;
    int operations = 0;
    long before = line;
    while (operations < ENOUGH_OPERATIONS && bytes < ENOUGH_BYTES) {
      byte[] read = readLine();
      if (read.length == 0) {
        break;
      }
      line++;
      bytes += read.length;
      if (!isBlank(read)) {
        WriteBatch batch = parse(read);
        operations += batch.size();
        batches.add(batch);
      }
    }
    return bytes == 0
        ? Optional.empty()
        : Optional.of(
            new FilePart(
                new WriteBatch.Several(collection, WriteBatch.joined(batches)),
                bytes,
                line - before));
  }

  private WriteBatch parse(byte[] read) {
    try {
      return WriteEvent.parseLine(read, collection);
    } catch (InvalidRequestException | ApiException e) {
      throw new RefusedFileException("line %d: %s".formatted(line, e.getMessage()), e);
    }
  }

  /** With its end; without any byte at the end of the text. */
  private byte[] readLine() throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    int next = text.read();
    while (next >= 0) {
      read.write(next);
      if (next == '\n') {
        break;
      }
      if (read.size() > MOST_LINE_BYTES) {
        throw new RefusedFileException(
            "line %d has more than %d bytes".formatted(line + 1, MOST_LINE_BYTES),
            new IOException("too long"));
      }
      next = text.read();
    }
    return read.toByteArray();
  }

  private static boolean isBlank(byte[] read) {
    for (byte each : read) {
      if (each > ' ' || each < 0) {
        return false;
      }
    }
    return true;
  }
}
