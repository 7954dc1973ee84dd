package dev.siltstone.lease.aws;

import static dev.siltstone.aws.TableLayout.BYTES_WRITTEN;
import static dev.siltstone.aws.TableLayout.DELTAS;
import static dev.siltstone.aws.TableLayout.EPOCH;
import static dev.siltstone.aws.TableLayout.FAILURE;
import static dev.siltstone.aws.TableLayout.MERGES;
import static dev.siltstone.aws.TableLayout.OUTCOME;
import static dev.siltstone.aws.TableLayout.OWNER;
import static dev.siltstone.aws.TableLayout.PUBLISHES;
import static dev.siltstone.aws.TableLayout.SET_ASIDE;
import static dev.siltstone.aws.TableLayout.STARTED_AT;
import static dev.siltstone.aws.TableLayout.TOOK_MILLIS;

import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.RunRecord;
import java.time.Duration;
import java.time.Instant;

/** What a run did, to and from the item of its epoch, which a later epoch overwrites. */
final class RunItem {
  private RunItem() {}

  static Item encode(CollectionId collection, RunRecord run) {
    return TableLayout.run(collection, 1 + run.epoch().value() % RunRecord.KEPT)
        .with(EPOCH, run.epoch().value())
        .with(OWNER, run.owner())
        .with(STARTED_AT, run.startedAt().toEpochMilli())
        .with(TOOK_MILLIS, run.took().toMillis())
        .with(OUTCOME, run.outcome())
        .with(DELTAS, run.deltas())
        .with(SET_ASIDE, run.quarantined())
        .with(PUBLISHES, run.publishes())
        .with(MERGES, run.merges())
        .with(BYTES_WRITTEN, run.bytesWritten())
        .with(FAILURE, run.failure());
  }

  static RunRecord decode(Item item) {
    return new RunRecord(
        new Epoch(item.number(EPOCH)),
        item.text(OWNER),
        Instant.ofEpochMilli(item.number(STARTED_AT)),
        Duration.ofMillis(item.number(TOOK_MILLIS)),
        item.text(OUTCOME),
        (int) item.number(DELTAS),
        (int) item.number(SET_ASIDE),
        (int) item.number(PUBLISHES),
        (int) item.number(MERGES),
        item.number(BYTES_WRITTEN),
        item.textOrNull(FAILURE));
  }
}
