package dev.siltstone.api.json;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.siltstone.api.AnswerRoom;
import dev.siltstone.api.ApiException;
import dev.siltstone.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** JSON written to memory, given up as soon as it is over a limit. */
public final class BoundedBytes extends OutputStream {
  private static final int FIRST_PIECE_BYTES = 8 << 10;
  private static final int LARGEST_PIECE_BYTES = 1 << 20;

  /** Less than this is not worth counting. */
  private static final int SMALL = 256 << 10;

  private final int maxBytes;
  private final String advice;
  private final AnswerRoom room;
  private final List<byte[]> full = new ArrayList<>();
  private byte[] piece = new byte[FIRST_PIECE_BYTES];
  private int used;
  private int before;

  private BoundedBytes(int maxBytes, String advice, AnswerRoom room) {
    this.maxBytes = maxBytes;
    this.advice = advice;
    this.room = room;
  }

  /**
   * The JSON as UTF-8.
   *
   * @param room is told what the pieces and the whole made of them take
   * @throws ApiException with status 413 and {@code advice} if it is over the limit
   */
  public static byte[] of(int maxBytes, Json.Writing writing, String advice, AnswerRoom room) {
    BoundedBytes bytes = new BoundedBytes(maxBytes, advice, room);
    try {
      JsonGenerator out = Json.FACTORY.createGenerator(bytes);
      writing.to(out);
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return bytes.whole();
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (before + (long) used + length > maxBytes) {
      throw ApiException.tooLarge(advice);
    }
    for (int copied = 0; copied < length; ) {
      if (used == piece.length) {
        nextPiece();
      }
      int fitting = Math.min(length - copied, piece.length - used);
      System.arraycopy(bytes, offset + copied, piece, used, fitting);
      used += fitting;
      copied += fitting;
    }
  }

  private void nextPiece() {
    full.add(piece);
    before += used;
    used = 0;
    int next = Math.min(piece.length * 2, LARGEST_PIECE_BYTES);
    if (before > SMALL) {
      room.growTo(2L * (before + next));
    }
    piece = new byte[next];
  }

  private byte[] whole() {
    byte[] whole = new byte[before + used];
    int copied = 0;
    for (byte[] each : full) {
      System.arraycopy(each, 0, whole, copied, each.length);
      copied += each.length;
    }
    System.arraycopy(piece, 0, whole, copied, used);
    return whole;
  }
}
