package dev.siltstone.fault;

import dev.siltstone.storage.ByteSink;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What a download has handed on so far. */
public final class ReceivedBytes implements ByteSink {
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();

  @Override
  public void write(ByteBuffer bytes) {
    byte[] piece = new byte[bytes.remaining()];
    bytes.get(piece);
    received.writeBytes(piece);
  }

  public byte[] bytes() {
    return received.toByteArray();
  }
}
