package dev.siltstone.tail;

import dev.siltstone.cache.RowAddress;
import org.jspecify.annotations.Nullable;

/** All that the tail knows of one id: where the snapshot has it, and its versions since. */
final class TailEntry {
  private final @Nullable RowAddress base;
  private volatile TailVersion newest;

  TailEntry(@Nullable RowAddress base, TailVersion newest) {
    this.base = base;
    this.newest = newest;
  }

  @Nullable RowAddress base() {
    return base;
  }

  TailVersion newest() {
    return newest;
  }

  void replaceNewest(TailVersion version) {
    newest = version;
  }
}
