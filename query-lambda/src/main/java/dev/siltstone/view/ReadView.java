package dev.siltstone.view;

import dev.siltstone.cache.OpenSnapshot;
import dev.siltstone.log.Head;
import dev.siltstone.tail.TailView;

/** A view held for one read; close it when the answer is complete. */
public final class ReadView implements AutoCloseable {
  private final Head head;
  private final TailView view;
  private final OpenSnapshot held;

  ReadView(Head head, TailView view, OpenSnapshot held) {
    this.head = head;
    this.view = view;
    this.held = held;
  }

  /** The log's head as of the last look at it. */
  public Head head() {
    return head;
  }

  public TailView records() {
    return view;
  }

  @Override
  public void close() {
    held.close();
  }
}
