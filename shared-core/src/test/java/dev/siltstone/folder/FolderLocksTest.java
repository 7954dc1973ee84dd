package dev.siltstone.folder;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLocksTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 100;

  @TempDir Path folder;

  private int counter;

  @Test
  void excludesThreadsThatComeThroughDifferentInstances() throws Exception {
    List<Callable<Integer>> all = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      FolderLocks locks = new FolderLocks(folder);
      all.add(() -> countUnder(locks));
    }
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (Future<Integer> each : threads.invokeAll(all)) {
        each.get();
      }
    }
    assertThat(counter).isEqualTo(THREADS * ROUNDS);
  }

  @Test
  void canBeTakenAgainAfterRelease() throws IOException {
    FolderLocks locks = new FolderLocks(folder);
    locks.acquire("name").close();
    try (var held = locks.acquire("name")) {
      assertThat(held).isNotNull();
    }
  }

  /** Reads, gives others every chance, writes: loses counts unless it is alone. */
  private int countUnder(FolderLocks locks) {
    for (int round = 0; round < ROUNDS; round++) {
      try (var _ = locks.acquire("counter")) {
        int seen = counter;
        Thread.yield();
        counter = seen + 1;
      }
    }
    return ROUNDS;
  }
}
