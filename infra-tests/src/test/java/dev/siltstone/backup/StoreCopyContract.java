package dev.siltstone.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.siltstone.access.AccessToken;
import dev.siltstone.access.Role;
import dev.siltstone.access.Scope;
import dev.siltstone.access.TokenSecret;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.Database;
import dev.siltstone.contract.Fresh;
import dev.siltstone.contract.HandClock;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.failure.AlreadyExistsException;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.gc.Actors;
import dev.siltstone.gc.Checks;
import dev.siltstone.gc.GcReport;
import dev.siltstone.gc.Services;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.Epoch;
import dev.siltstone.identity.Sequence;
import dev.siltstone.local.backup.CopiedCollection;
import dev.siltstone.local.backup.StoreCopy;
import dev.siltstone.log.LogEntry;
import dev.siltstone.log.Receipt;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.snapshot.Manifest;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.time.Deadline;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a copy of a collection is, from a store of any family into one of any family. */
abstract class StoreCopyContract {
  @TempDir protected Path folder;
  private final HandClock clock = new HandClock();
  private final List<String> live = new ArrayList<>();
  private Services from;
  private Services to;
  private Actors there;
  private Actors here;
  private Collection original;
  private CollectionId id;

  abstract Services source(Path data, HandClock clock);

  abstract Services target(Path data, HandClock clock);

  @BeforeEach
  void open() {
    from = source(folder.resolve("from"), clock);
    to = target(folder.resolve("to"), clock);
    here = Stores.actors(from, folder.resolve("here"), clock);
    there = Stores.actors(to, folder.resolve("there"), clock);
    Database database = new Database(Fresh.uuid(), Fresh.tenant(), Fresh.databaseName());
    from.catalog().createTenant(database.tenant());
    from.catalog().createDatabase(database);
    original = from.catalog().createCollection(Fresh.collection(database, Fresh.collectionName()));
    id = original.id();
  }

  @AfterEach
  void close() {
    here.close();
    there.close();
    from.close();
    to.close();
  }

  @Test
  void holdsWhatSnapshotAndLogHold() {
    fill();

    CopiedCollection copied = copier().copy(original);

    assertThat(copied.collection()).isEqualTo(original);
    assertThat(to.catalog().collection(id)).contains(original);
    assertThat(to.catalog().database(original.tenant(), original.database()))
        .isEqualTo(from.catalog().database(original.tenant(), original.database()));
    assertThat(copied.verification().differences()).isEmpty();
    assertThat(copied.verification().records()).isEqualTo(3);
    assertThat(copied.last()).isEqualTo(from.log().read(id).orElseThrow().head().lastReserved());
    Checks.wholeAndReadable(to, there, id, live);
    assertThat(unfoldedOrSetAside(to)).isEqualTo(unfoldedOrSetAside(from));
  }

  @Test
  void livesOnByItself() {
    fill();
    copier().copy(original);

    write(there, "more");
    there.compact(id);
    delete(there, "b");
    there.compact(id);
    live.add("more");
    live.remove("b");
    clock.sleep(Duration.ofHours(2));
    assertThat(there.collect(id).outcome()).isEqualTo(GcReport.Outcome.COLLECTED);
    clock.sleep(Duration.ofHours(2));
    there.collect(id);

    Checks.wholeAndReadable(to, there, id, live);
    assertThat(current(there).epoch()).isGreaterThan(current(here).epoch());
  }

  @Test
  void leavesTheOriginalAsItIs() {
    fill();
    Manifest before = current(here);
    List<ObjectKey> keys = keys(from);

    copier().copy(original);

    assertThat(current(here)).isEqualTo(before);
    assertThat(keys(from)).isEqualTo(keys);
    assertThat(from.leases().read(id)).isEmpty();
    Checks.wholeAndReadable(from, here, id, live);
  }

  @Test
  void aCollectionWithoutASnapshotIsCopiedToo() {
    write(here, "a");
    write(here, "b");
    live.addAll(List.of("a", "b"));

    CopiedCollection copied = copier().copy(original);

    assertThat(copied.tail()).isEqualTo(2);
    Checks.reads(to, there, id, live);
    there.compact(id);
    Checks.wholeAndReadable(to, there, id, live);
  }

  @Test
  void anEmptyCollectionIsCopiedToo() {
    copier().copy(original);

    Checks.reads(to, there, id, live);
    write(there, "a");
    there.compact(id);
    Checks.wholeAndReadable(to, there, id, List.of("a"));
  }

  @Test
  void whatWasDroppedSinceItWasListedIsLeftOut() {
    fill();
    from.catalog().dropCollection(id);

    assertThatThrownBy(() -> copier().copy(original))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining(id.toString());
    assertThat(copier().copyUnlessDropped(original)).isEmpty();
    assertThat(keys(to)).isEmpty();
  }

  @Test
  void whatExistsIsLeftAlone() {
    fill();
    copier().copy(original);
    write(there, "new");
    live.add("new");
    List<ObjectKey> keys = keys(to);

    assertThatThrownBy(() -> copier().copy(original))
        .isInstanceOf(AlreadyExistsException.class)
        .hasMessageContaining(original.name().value())
        .hasMessageContaining("nothing was changed");

    assertThat(keys(to)).isEqualTo(keys);
    Checks.wholeAndReadable(to, there, id, live);
  }

  @Test
  void whatWasDroppedComesBackUnderANewIdOnceItIsFolded() {
    fill();
    copier().copy(original);
    to.catalog().dropCollection(id);

    assertThatThrownBy(() -> copier().copy(original))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("compact " + original.name());
    here.compact(id);
    CopiedCollection again = copier().copy(original);

    CollectionId fresh = again.collection().id();
    assertThat(fresh).isNotEqualTo(id);
    assertThat(to.catalog().collection(id)).isEmpty();
    assertThat(again.verification().isSound()).isTrue();
    there.dropped().sweep(Deadline.in(clock, Duration.ofMinutes(1)));
    Checks.wholeAndReadable(to, there, fresh, live);
    there.compact(fresh);
    Checks.wholeAndReadable(to, there, fresh, live);
  }

  @Test
  void damageIsNotCopied() {
    fill();
    ObjectKey segment =
        Checks.files(current(here)).stream()
            .filter(key -> key.value().startsWith("segment/"))
            .findFirst()
            .orElseThrow();
    from.store().delete(segment);

    assertThatThrownBy(() -> copier().copy(original))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining("missing");

    from.store().putIfAbsent(segment, ObjectBody.of(new byte[1_000]));
    assertThatThrownBy(() -> copier().copy(original))
        .isInstanceOf(CorruptDataException.class)
        .hasMessageContaining(segment.value());
    assertThat(to.catalog().collection(id)).isEmpty();
  }

  @Test
  void tokensGoAlongWhenAsked() {
    TokenSecret secret = TokenSecret.fresh(new SecureRandom());
    AccessToken token =
        new AccessToken(secret.id(), "mine", Role.READ, Scope.ALL, secret.hash(), clock.now());
    from.tokens().add(token);

    copier().copy(original);
    assertThat(to.tokens().list()).doesNotContain(token);

    assertThat(copier().copyTokens()).isPositive();
    assertThat(to.tokens().list()).contains(token);
    assertThat(copier().copyTokens()).isZero();
  }

  /** Segments, rows deleted in one of them, a bad delta, a hole, and writes that are not folded. */
  private void fill() {
    from.leases().raiseEpoch(id, new Epoch(100));
    write(here, "a");
    write(here, "b");
    write(here, "gone");
    here.compact(id);
    delete(here, "gone");
    Receipt bad = here.write(id, "bad");
    from.log()
        .quarantine(
            id, (LogEntry.Committed) from.log().readPlace(id, bad.sequence()).orElseThrow(), "bad");
    write(here, "c");
    here.compact(id);
    from.log().reserve(id, Fresh.deltaId(), null);
    write(here, "tail");
    delete(here, "a");
    live.addAll(List.of("b", "c", "tail"));
  }

  private StoreCopy copier() {
    return Stores.copy(from, to, folder.resolve("scratch"), clock);
  }

  private void write(Actors by, String record) {
    var _ = by.write(id, record);
    clock.sleep(Duration.ofSeconds(1));
  }

  private void delete(Actors by, String record) {
    by.commit()
        .commit(
            id,
            null,
            delta ->
                DeltaWriter.encode(
                    new Delta(
                        id,
                        delta,
                        0,
                        null,
                        clock.now(),
                        List.of(new Operation.Delete(new RecordId(record))))));
    clock.sleep(Duration.ofSeconds(1));
  }

  private Manifest current(Actors of) {
    return of.snapshots().current(id).orElseThrow().manifest();
  }

  /** What no snapshot holds. */
  private List<LogEntry> unfoldedOrSetAside(Services of) {
    Sequence folded = current(here).folded();
    return of.log().readAfter(id, Sequence.ZERO, 1_000).stream()
        .filter(entry ->
            entry.sequence().compareTo(folded) > 0
                || entry instanceof LogEntry.Voided
                || entry instanceof LogEntry.Quarantined)
        .toList();
  }

  private List<ObjectKey> keys(Services of) {
    return Checks.keys(of.store(), "").stream()
        .filter(key -> key.value().contains(id.toString()))
        .toList();
  }
}
