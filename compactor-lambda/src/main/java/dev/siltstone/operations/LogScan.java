package dev.siltstone.operations;

import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import java.util.List;
import java.util.stream.Stream;

/** Entries of a log as they stand, page by page; settles nothing and skips holes. */
final class LogScan {
  private static final int PAGE = 1_000;

  private final DeltaLog log;

  LogScan(DeltaLog log) {
    this.log = log;
  }

  Stream<LogEntry> all(CollectionId collection) {
    return after(collection, Sequence.ZERO);
  }

  Stream<LogEntry> between(CollectionId collection, Sequence after, Sequence before) {
    return after(collection, after).takeWhile(entry -> entry.sequence().compareTo(before) < 0);
  }

  Stream<LogEntry> after(CollectionId collection, Sequence after) {
    return Stream.iterate(
            log.readAfter(collection, after, PAGE),
            page -> !page.isEmpty(),
            page ->
                page.size() < PAGE
                    ? List.of()
                    : log.readAfter(collection, page.getLast().sequence(), PAGE))
        .flatMap(List::stream);
  }
}
