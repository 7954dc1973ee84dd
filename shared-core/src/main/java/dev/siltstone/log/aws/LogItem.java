package dev.siltstone.log.aws;

import static dev.siltstone.aws.TableLayout.BYTES;
import static dev.siltstone.aws.TableLayout.CHECKSUM;
import static dev.siltstone.aws.TableLayout.COUNT;
import static dev.siltstone.aws.TableLayout.DELTA;
import static dev.siltstone.aws.TableLayout.KIND;
import static dev.siltstone.aws.TableLayout.MANIFEST;
import static dev.siltstone.aws.TableLayout.OBJECT_KEY;
import static dev.siltstone.aws.TableLayout.REASON;
import static dev.siltstone.aws.TableLayout.SK;
import static dev.siltstone.aws.TableLayout.TARGET;

import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.failure.UnsupportedFormatException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.LogEntry.Quarantined;
import dev.siltstone.log.LogEntry.Rollback;
import dev.siltstone.log.LogEntry.Voided;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;

/** {@code LOG#} items to and from entries. */
final class LogItem {
  static final String COMMITTED = "committed";
  static final String VOID = "void";
  static final String QUARANTINED = "quarantined";
  static final String ROLLBACK = "rollback";

  private LogItem() {}

  static Item encode(CollectionId collection, LogEntry entry) {
    Item item = TableLayout.place(collection, entry.sequence());
    return switch (entry) {
      case Voided _ -> item.with(KIND, VOID);
      case Committed committed ->
          item.with(KIND, COMMITTED)
              .with(DELTA, committed.delta().toString())
              .with(OBJECT_KEY, committed.key().value())
              .with(COUNT, committed.count())
              .with(BYTES, committed.bytes())
              .with(CHECKSUM, committed.checksum().hex());
      case Quarantined bad ->
          encode(
                  collection,
                  new Committed(
                      bad.sequence(),
                      bad.delta(),
                      bad.key(),
                      bad.count(),
                      bad.bytes(),
                      bad.checksum()))
              .with(KIND, QUARANTINED)
              .with(REASON, bad.reason());
      case Rollback rollback ->
          item.with(KIND, ROLLBACK)
              .with(DELTA, rollback.operation().toString())
              .with(TARGET, rollback.target().value())
              .with(MANIFEST, rollback.manifest().value());
    };
  }

  static LogEntry decode(Item item) {
    Sequence sequence = new Sequence(item.number(SK));
    return switch (item.text(KIND)) {
      case VOID -> new Voided(sequence);
      case COMMITTED -> committed(sequence, item);
      case QUARANTINED -> quarantined(committed(sequence, item), item.text(REASON));
      case ROLLBACK ->
          new Rollback(
              sequence,
              DeltaId.parse(item.text(DELTA)),
              new Generation(item.number(TARGET)),
              new ObjectKey(item.text(MANIFEST)));
      default ->
          throw new UnsupportedFormatException(
              "log entry %s is of the unknown kind %s".formatted(sequence, item.text(KIND)));
    };
  }

  static Quarantined quarantined(Committed entry, String reason) {
    return new Quarantined(
        entry.sequence(),
        entry.delta(),
        entry.key(),
        entry.count(),
        entry.bytes(),
        entry.checksum(),
        reason);
  }

  private static Committed committed(Sequence sequence, Item item) {
    return new Committed(
        sequence,
        DeltaId.parse(item.text(DELTA)),
        new ObjectKey(item.text(OBJECT_KEY)),
        Math.toIntExact(item.number(COUNT)),
        item.number(BYTES),
        new Checksum(item.text(CHECKSUM)));
  }
}
