package dev.siltstone.simulated;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** A delta as a later version might write it: a longer header with a higher version number. */
final class NewerDelta {
  private static final int VERSION = 1_000;
  private static final int HEADER_BYTES = 128;
  private static final int SKIPPABLE_MAGIC = 0x184D2A5D;

  private NewerDelta() {}

  static byte[] bytes(long content) {
    ByteBuffer out = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(SKIPPABLE_MAGIC).putInt(HEADER_BYTES - 8);
    out.put("SILTDELT".getBytes(StandardCharsets.US_ASCII)).putInt(VERSION).putLong(content);
    CRC32C crc = new CRC32C();
    crc.update(out.array(), 0, HEADER_BYTES - Integer.BYTES);
    return out.putInt(HEADER_BYTES - Integer.BYTES, (int) crc.getValue()).array();
  }
}
