package dev.siltstone.simulated;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.fault.ReceivedBytes;
import dev.siltstone.fault.StoreDecorator;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/** Downloads that break off, with their process or without, and some that arrive damaged. */
final class UnsteadyDownloads extends StoreDecorator {
  private static final double BROKEN_OFF = 0.03;
  private static final double DAMAGED = 0.03;

  private final Simulation simulation;
  private final RandomGenerator random;
  private final FaultCounts counts;
  private final SimulatedWire wire;
  private int damaged;

  UnsteadyDownloads(
      ObjectStore store,
      Simulation simulation,
      SimulatedWire wire,
      RandomGenerator random,
      FaultCounts counts) {
    super(store);
    this.wire = wire;
    this.simulation = simulation;
    this.random = random;
    this.counts = counts;
  }

  /** Downloads of this process that arrived damaged. */
  int damaged() {
    return damaged;
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    ReceivedBytes sent = new ReceivedBytes();
    long size = super.download(key, offset, expectedBytes, sent);
    byte[] bytes = sent.bytes();
    double drawn = wire.isCalm() ? 1 : random.nextDouble();
    if (drawn < BROKEN_OFF) {
      hand(bytes, random.nextInt(Math.max(1, bytes.length)), sink);
      if (random.nextInt(3) == 0) {
        counts.add("download broken off by a crash");
        throw simulation.crash();
      }
      counts.add("download broken off");
      throw new UnavailableException("the download of " + key + " broke off", null);
    }
    boolean damages = drawn < BROKEN_OFF + DAMAGED && bytes.length > 0;
    if (damages) {
      damaged++;
      counts.add("download damaged");
      bytes[random.nextInt(bytes.length)] ^= 0x55;
    }
    hand(bytes, bytes.length, sink);
    if (damages && random.nextInt(3) == 0) {
      throw simulation.crash();
    }
    return size;
  }

  private static void hand(byte[] bytes, int length, ByteSink sink) {
    try {
      sink.write(ByteBuffer.wrap(bytes, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void flip(Path file, long at) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.seek(at);
      int old = open.read();
      open.seek(at);
      open.write(old ^ 0x55);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
