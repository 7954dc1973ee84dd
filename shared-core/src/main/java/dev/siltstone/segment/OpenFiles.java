package dev.siltstone.segment;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What is open so far, closed together, last first. */
final class OpenFiles {
  private final Deque<Runnable> closings = new ArrayDeque<>();

  <T> T add(T file, Consumer<T> close) {
    closings.push(() -> close.accept(file));
    return file;
  }

  /** Closes everything, also if one closing fails; throws the first failure at the end. */
  void close() {
    if (closings.isEmpty()) {
      return;
    }
    Runnable closing = closings.pop();
    try {
      closing.run();
    } finally {
      close();
    }
  }
}
