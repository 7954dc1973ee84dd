package dev.siltstone.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.Catalog;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Generation;
import dev.siltstone.identity.Sequence;
import dev.siltstone.log.DeltaLog;
import dev.siltstone.log.Head;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.ReserveResult;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.log.Tip;
import dev.siltstone.log.VectorShape;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the suites about the log share: a fresh collection for each test. */
abstract class LogContract extends FamilyContract {
  private static final Instant AT = Instant.parse("2026-11-20T12:00:00Z");

  private @Nullable CollectionId collection;

  /** The catalog beside the log under test. */
  final Catalog catalog() {
    return families().one().catalog();
  }

  /** A client of the log under test. */
  final DeltaLog log() {
    return families().one().log();
  }

  /** Another client of the same log, as another process would have one. */
  final DeltaLog otherLog() {
    return families().two().log();
  }

  /** How often each race is run. */
  final int rounds() {
    return rounds(100, 20);
  }

  /** This test's own collection, created when it is first asked for. */
  final synchronized CollectionId collection() {
    if (collection == null) {
      collection = newCollection();
    }
    return collection;
  }

  final CollectionId newCollection() {
    Database home = catalog().database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();
    return catalog().createCollection(Fresh.collection(home, Fresh.collectionName())).id();
  }

  final Reserved reserve(@Nullable VectorShape shape) {
    ReserveResult result = log().reserve(collection(), Fresh.deltaId(), shape);
    assertThat(result).isInstanceOf(Reserved.class);
    return (Reserved) result;
  }

  /** A place that is reserved and filled. */
  final Committed commit() {
    Committed entry = committed(reserve(null).place());
    log().place(collection(), entry);
    return entry;
  }

  final Committed committed(Sequence place) {
    DeltaId delta = Fresh.deltaId();
    return new Committed(
        place, delta, ObjectLayout.delta(collection(), delta), 3, 12_345, Checksum.of(new byte[3]));
  }

  final Head head() {
    return otherLog().read(collection()).orElseThrow().head();
  }

  final Tip tip(long generation, long folded) {
    return tip(collection(), generation, folded);
  }

  static Tip tip(CollectionId collection, long generation, long folded) {
    return new Tip(
        generation(generation), new Sequence(folded), manifest(collection, generation(generation)));
  }

  static Generation generation(long value) {
    return new Generation(value);
  }

  static ObjectKey manifest(CollectionId collection, Generation generation) {
    return ObjectLayout.manifest(collection, generation, AT, new Epoch(1), Fresh.commitId());
  }
}
