package dev.siltstone.storage;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a download go, in their order, while later ones are still on their way. */
@FunctionalInterface
public interface ByteSink {
  /**
   * Takes all remaining bytes of the buffer, which is not used again. The download waits for it, so
   * that no more than a few parts are held; other parts of it go on arriving.
   */
  void write(ByteBuffer bytes) throws IOException;
}
