package dev.siltstone.simulated;

import dev.siltstone.failure.UnavailableException;
import dev.siltstone.fault.StoreDecorator;
import dev.siltstone.simulation.Simulation;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
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
  public long download(ObjectKey key, long offset, long expectedBytes, Path target) {
    long size = super.download(key, offset, expectedBytes, target);
    double drawn = wire.isCalm() ? 1 : random.nextDouble();
    if (drawn < BROKEN_OFF) {
      cut(target, offset + random.nextLong(Math.max(1, size - offset)));
      if (random.nextInt(3) == 0) {
        counts.add("download broken off by a crash");
        throw simulation.crash();
      }
      counts.add("download broken off");
      throw new UnavailableException("the download of " + key + " broke off", null);
    }
    if (drawn < BROKEN_OFF + DAMAGED && size > offset) {
      damaged++;
      counts.add("download damaged");
      flip(target, offset + random.nextLong(size - offset));
      if (random.nextInt(3) == 0) {
        throw simulation.crash();
      }
    }
    return size;
  }

  static void cut(Path file, long length) {
    try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw")) {
      open.setLength(length);
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
