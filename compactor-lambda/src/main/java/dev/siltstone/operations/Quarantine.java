package dev.siltstone.operations;

import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaLimits;
import dev.siltstone.delta.DeltaReader;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.Commit;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Receipt;
import dev.siltstone.log.VectorShape;
import dev.siltstone.notice.NoticeQueue;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.time.Clock;
import java.util.List;

/**
 * Deltas that were set aside. A verdict stays for ever; what can be read after all is written once
 * more, at a new place in the log, behind every write that has been accepted meanwhile, and a
 * notice is sent.
 */
public final class Quarantine {
  private final DeltaLog log;
  private final ObjectStore store;
  private final Commit commit;
  private final Announcer announcer;
  private final Clock clock;

  public Quarantine(
      DeltaLog log, ObjectStore store, Commit commit, NoticeQueue notices, Clock clock) {
    this.log = log;
    this.store = store;
    this.commit = commit;
    this.announcer = new Announcer(notices);
    this.clock = clock;
  }

  /** A delta that was set aside, and its new place. */
  public record Retried(LogEntry.Quarantined was, Receipt now) {}

  /**
   * All that were set aside, in the order of their places.
   *
   * @throws NotFoundException if the collection does not exist
   */
  public List<LogEntry.Quarantined> list(CollectionId collection) {
    requireCollection(collection);
    return new LogScan(log)
        .all(collection)
        .filter(LogEntry.Quarantined.class::isInstance)
        .map(LogEntry.Quarantined.class::cast)
        .toList();
  }

  /**
   * Decodes the stored bytes again, with the decoder of this version, and writes what they say.
   *
   * @throws NotFoundException if nothing was set aside at this place, or the object is gone
   * @throws CorruptDataException if the object is not what was committed
   * @throws InvalidRequestException if it still cannot be decoded; nothing was written
   */
  public Retried retry(CollectionId collection, Sequence place) {
    LogEntry.Quarantined entry = entry(collection, place);
    byte[] bytes =
        store
            .get(entry.key())
            .orElseThrow(
                () -> new NotFoundException(entry.key() + " is gone; give a repaired file instead"))
            .bytes();
    if (!Checksum.of(bytes).equals(entry.checksum())) {
      throw new CorruptDataException(
          "%s: place %s was committed with SHA-256 %s, found %s"
              .formatted(entry.key(), place, entry.checksum(), Checksum.of(bytes)));
    }
    return append(collection, entry, bytes);
  }

  /**
   * Writes what a repaired file says instead.
   *
   * @param file a delta of the same collection, as it is stored
   * @throws NotFoundException if nothing was set aside at this place
   * @throws InvalidRequestException if the file is no such delta; nothing was written
   */
  public Retried retry(CollectionId collection, Sequence place, byte[] file) {
    return append(collection, entry(collection, place), file);
  }

  private Retried append(CollectionId collection, LogEntry.Quarantined entry, byte[] bytes) {
    Delta delta = decoded(entry, bytes);
    if (!delta.collection().equals(collection)) {
      throw new InvalidRequestException(
          "the delta is of collection %s, not of %s".formatted(delta.collection(), collection));
    }
    VectorShape shape =
        delta.dimension() == 0
            ? null
            : new VectorShape(delta.dimension(), delta.embeddingFunction());
    Receipt now =
        commit.commit(
            collection,
            shape,
            id ->
                DeltaWriter.encode(
                    new Delta(
                        collection,
                        id,
                        delta.dimension(),
                        delta.embeddingFunction(),
                        clock.now(),
                        delta.operations())));
    announcer.announce(collection);
    return new Retried(entry, now);
  }

  private static Delta decoded(LogEntry.Quarantined entry, byte[] bytes) {
    try {
      return DeltaReader.decode(bytes, DeltaLimits.FORMAT);
    } catch (CorruptDataException e) {
      throw new InvalidRequestException(
          "the delta of place %s cannot be decoded: %s; give a repaired file"
              .formatted(entry.sequence(), e.getMessage()),
          e);
    }
  }

  private LogEntry.Quarantined entry(CollectionId collection, Sequence place) {
    requireCollection(collection);
    if (log.readPlace(collection, place).orElse(null) instanceof LogEntry.Quarantined entry) {
      return entry;
    }
    throw new NotFoundException(
        "nothing was set aside at place %s of collection [%s]".formatted(place, collection));
  }

  private void requireCollection(CollectionId collection) {
    if (log.readHead(collection).isEmpty()) {
      throw new NotFoundException("Collection [%s] does not exist.".formatted(collection));
    }
  }
}
