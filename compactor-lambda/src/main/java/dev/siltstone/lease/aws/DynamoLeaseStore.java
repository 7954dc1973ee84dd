package dev.siltstone.lease.aws;

import static dev.siltstone.aws.TableLayout.EPOCH;
import static dev.siltstone.aws.TableLayout.EXPIRES_AT;
import static dev.siltstone.aws.TableLayout.HEARTBEAT_AT;
import static dev.siltstone.aws.TableLayout.OWNER;
import static dev.siltstone.aws.TableLayout.WANTED;

import dev.siltstone.aws.AwsTable;
import dev.siltstone.aws.Item;
import dev.siltstone.aws.TableLayout;
import dev.siltstone.aws.TableQuery;
import dev.siltstone.aws.TableWrite;
import dev.siltstone.aws.WriteResult.Applied;
import dev.siltstone.aws.WriteResult.Refused;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.lease.LeaseStore;
import dev.siltstone.lease.RunRecord;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The lock item. Each step is one conditional update of it; a loser of the race for the lock needs
 * a second one to mark it wanted, unless it is marked already.
 */
public final class DynamoLeaseStore implements LeaseStore {
  /** How often the lock may change hands while somebody tries to mark it wanted. */
  private static final int ROUNDS = 10;

  private static final String HELD = "#epoch = :epoch AND attribute_exists(#owner)";

  private final AwsTable table;

  public DynamoLeaseStore(AwsTable table) {
    this.table = table;
  }

  @Override
  public AcquireResult acquire(CollectionId collection, String owner, Instant now, Duration lease) {
    for (int round = 0; round < ROUNDS; round++) {
      switch (table.writeOnce(taking(collection, owner, now, lease))) {
        case Applied applied -> {
          return new AcquireResult.Acquired(new Epoch(applied.item().number(EPOCH)));
        }
        case Refused refused -> {
          Optional<AcquireResult> held = markWanted(collection, lease(refused.found()));
          if (held.isPresent()) {
            return held.get();
          }
        }
      }
    }
    throw new UnavailableException("the lock of " + collection + " keeps changing hands", null);
  }

  private static TableWrite taking(
      CollectionId collection, String owner, Instant now, Duration lease) {
    return TableWrite.update(
            TableLayout.lock(collection),
            "SET #owner = :owner, #expires_at = :expires_at, #heartbeat_at = :now"
                + " REMOVE #wanted ADD #epoch :one")
        .when("attribute_not_exists(#owner) OR #expires_at <= :now")
        .value("owner", owner)
        .value("expires_at", now.plus(lease).toEpochMilli())
        .value("now", now.toEpochMilli())
        .value("one", 1);
  }

  /** Empty if the lock has changed hands meanwhile: try again to take it. */
  private Optional<AcquireResult> markWanted(CollectionId collection, Lease holder) {
    if (holder.wanted()) {
      return Optional.of(new AcquireResult.Held(holder, false));
    }
    TableWrite mark =
        TableWrite.update(TableLayout.lock(collection), "SET #wanted = :one")
            .when(HELD + " AND attribute_not_exists(#wanted)")
            .value("epoch", holder.epoch().value())
            .value("one", 1);
    return switch (table.writeOnce(mark)) {
      case Applied applied -> Optional.of(new AcquireResult.Held(lease(applied.item()), true));
      case Refused refused -> stillHeld(refused.found(), holder.epoch());
    };
  }

  private static Optional<AcquireResult> stillHeld(Item found, Epoch epoch) {
    return isHeld(found, epoch)
        ? Optional.of(new AcquireResult.Held(lease(found), false))
        : Optional.empty();
  }

  @Override
  public boolean heartbeat(CollectionId collection, Epoch epoch, Instant now, Duration lease) {
    TableWrite prolong =
        TableWrite.update(
                TableLayout.lock(collection), "SET #expires_at = :expires_at, #heartbeat_at = :now")
            .when(HELD)
            .value("epoch", epoch.value())
            .value("expires_at", now.plus(lease).toEpochMilli())
            .value("now", now.toEpochMilli());
    return table.write(prolong) instanceof Applied;
  }

  @Override
  public boolean releaseUnlessWanted(CollectionId collection, Epoch epoch) {
    TableWrite release = releasing(collection, epoch, HELD + " AND attribute_not_exists(#wanted)");
    return switch (table.write(release)) {
      case Applied applied -> true;
      case Refused refused when isHeld(refused.found(), epoch) -> {
        unmark(collection, epoch);
        yield false;
      }
      case Refused refused -> true;
    };
  }

  private static boolean isHeld(Item found, Epoch epoch) {
    return found.has(OWNER) && found.number(EPOCH) == epoch.value();
  }

  private void unmark(CollectionId collection, Epoch epoch) {
    table.write(
        TableWrite.update(TableLayout.lock(collection), "REMOVE #wanted")
            .when(HELD)
            .value("epoch", epoch.value()));
  }

  @Override
  public void release(CollectionId collection, Epoch epoch) {
    table.write(releasing(collection, epoch, HELD));
  }

  private static TableWrite releasing(CollectionId collection, Epoch epoch, String condition) {
    return TableWrite.update(
            TableLayout.lock(collection), "REMOVE #owner, #expires_at, #heartbeat_at, #wanted")
        .when(condition)
        .value("epoch", epoch.value());
  }

  @Override
  public Optional<Lease> read(CollectionId collection) {
    return table
        .get(TableLayout.lock(collection))
        .filter(item -> item.has(OWNER))
        .map(DynamoLeaseStore::lease);
  }

  @Override
  public void record(CollectionId collection, RunRecord run) {
    table.write(TableWrite.put(RunItem.encode(collection, run)));
  }

  @Override
  public List<RunRecord> lastRuns(CollectionId collection) {
    return runs(collection).stream()
        .map(RunItem::decode)
        .sorted(Comparator.comparing(RunRecord::epoch).reversed())
        .toList();
  }

  private List<Item> runs(CollectionId collection) {
    return table.query(
        TableQuery.after(TableLayout.locks(collection), BigInteger.ZERO), RunRecord.KEPT);
  }

  @Override
  public void raiseEpoch(CollectionId collection, Epoch atLeast) {
    table.write(
        TableWrite.update(TableLayout.lock(collection), "SET #epoch = :epoch")
            .when("attribute_not_exists(#epoch) OR #epoch < :epoch")
            .value("epoch", atLeast.value()));
  }

  @Override
  public void forget(CollectionId collection) {
    table.write(TableWrite.delete(TableLayout.lock(collection)));
    table.deleteAll(runs(collection).stream().map(Item::key).toList());
  }

  private static Lease lease(Item item) {
    return new Lease(
        item.text(OWNER),
        new Epoch(item.number(EPOCH)),
        Instant.ofEpochMilli(item.number(EXPIRES_AT)),
        Instant.ofEpochMilli(item.number(HEARTBEAT_AT)),
        item.has(WANTED));
  }
}
