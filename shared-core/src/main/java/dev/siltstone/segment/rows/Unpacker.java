package dev.siltstone.segment.rows;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.siltstone.failure.CorruptDataException;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Decompresses columns. Making a native context costs more than unpacking a block, so a few are
 * kept; whoever finds none makes one and leaves it behind if there is room.
 */
final class Unpacker implements AutoCloseable {
  private static final int KEPT = 8;

  private volatile boolean closed;
  private final ArrayBlockingQueue<ZstdDecompressCtx> idle = new ArrayBlockingQueue<>(KEPT);

  byte[] unpack(byte[] stored, int rawLength) {
    ZstdDecompressCtx context = idle.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    try {
      return context.decompress(stored, rawLength);
    } catch (ZstdException e) {
      throw new CorruptDataException("a column of a block cannot be unpacked", e);
    } finally {
      if (closed || !idle.offer(context)) {
        context.close();
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    for (ZstdDecompressCtx context = idle.poll(); context != null; context = idle.poll()) {
      context.close();
    }
  }
}
