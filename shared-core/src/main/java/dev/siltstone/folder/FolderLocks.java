package dev.siltstone.folder;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Locks by name that exclude both the other threads of this process and all other processes on the
 * machine. They are files under {@code locks/}, locked by the operating system, so that a killed
 * process leaves none behind. Names share a fixed number of files: holding two names at once may
 * deadlock, so nobody does.
 */
public final class FolderLocks {
  private static final int STRIPES = 64;

  /**
   * POSIX gives a file lock to the whole process and drops it as soon as the process closes any
   * descriptor of that file. So within this process, whatever instance they come through, only one
   * thread at a time may have a lock file open: this table sees to it.
   */
  private static final ReentrantLock[] IN_PROCESS =
      Stream.generate(ReentrantLock::new).limit(STRIPES).toArray(ReentrantLock[]::new);

  private final Path locks;

  /** Locks of this folder, which must exist. */
  public FolderLocks(Path folder) throws IOException {
    locks = folder.toRealPath().resolve("locks");
    Files.createDirectories(locks);
  }

  /** A lock that is held until closed. */
  public static final class Held implements AutoCloseable {
    private final FileChannel channel;
    private final ReentrantLock inProcess;

    private Held(FileChannel channel, ReentrantLock inProcess) {
      this.channel = channel;
      this.inProcess = inProcess;
    }

    @Override
    public void close() {
      try {
        channel.close();
      } catch (IOException e) {
        // What was done under the lock stands.
        throw new OutcomeUnknownException("cannot close a lock file", e);
      } finally {
        inProcess.unlock();
      }
    }
  }

  /**
   * Waits for the lock and takes it.
   *
   * @throws UnavailableException if the lock file cannot be used or the thread is interrupted
   */
  public Held acquire(String name) {
    int stripe = Math.floorMod(name.hashCode(), STRIPES);
    Path file = locks.resolve("%02d".formatted(stripe));
    ReentrantLock inProcess = IN_PROCESS[Math.floorMod(file.hashCode(), STRIPES)];
    inProcess.lock();
    boolean locked = false;
    try {
      Held held = new Held(lock(file), inProcess);
      locked = true;
      return held;
    } catch (IOException e) {
      throw new UnavailableException("cannot lock " + file, e);
    } finally {
      if (!locked) {
        inProcess.unlock();
      }
    }
  }

  /** Returns an open channel whose file is locked; closing it unlocks. */
  static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    boolean locked = false;
    try {
      var _ = channel.lock();
      locked = true;
      return channel;
    } finally {
      if (!locked) {
        channel.close();
      }
    }
  }
}
