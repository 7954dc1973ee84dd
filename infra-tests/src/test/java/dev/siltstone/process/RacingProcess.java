package dev.siltstone.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.contract.Fresh;
import dev.siltstone.contract.Race;
import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.lease.LeaseStore.AcquireResult.Acquired;
import dev.siltstone.log.LogEntry.Committed;
import dev.siltstone.log.PlaceResult.Placed;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.PutResult.Stored;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A process of {@link ProcessRaceTest}: four threads that race, round by round, for one of each
 * thing. A round comes as a line {@code round etag place} and is answered with a line of {@link
 * Wins}.
 */
final class RacingProcess {
  static final int THREADS = 4;
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LEASE = Duration.ofSeconds(60);

  private final EmbeddedFamily family;
  private final CollectionId collection;

  private RacingProcess(EmbeddedFamily family, CollectionId collection) {
    this.family = family;
    this.collection = collection;
  }

  /** How often somebody won what, and the place that was reserved last. */
  record Wins(int created, int replaced, int leased, int placed, int named, List<Long> reserved) {
    static Wins parse(String line) {
      String[] parts = line.split(" ", -1);
      return new Wins(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          Integer.parseInt(parts[2]),
          Integer.parseInt(parts[3]),
          Integer.parseInt(parts[4]),
          List.of(parts[5].split(",", -1)).stream().map(Long::valueOf).toList());
    }

    String line() {
      String places = String.join(",", reserved.stream().map(String::valueOf).toList());
      return "%d %d %d %d %d %s".formatted(created, replaced, leased, placed, named, places);
    }
  }

  public static void main(String[] arguments) throws IOException {
    try (EmbeddedFamily family = new EmbeddedFamily(Path.of(arguments[0]));
        var input = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
      var racer = new RacingProcess(family, CollectionId.parse(arguments[1]));
      System.out.println("ready");
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String[] parts = line.split(" ", -1);
        Wins wins =
            racer.round(
                Long.parseLong(parts[0]),
                new ETag(parts[1]),
                new Sequence(Long.parseLong(parts[2])));
        System.out.println(wins.line());
      }
    }
  }

  private Wins round(long round, ETag expected, Sequence place) {
    return new Wins(
        wins(_ -> creates(round)),
        wins(i -> replaces(round, i, expected)),
        wins(i -> leases(round, i)),
        wins(_ -> places(place)),
        wins(_ -> names(round)),
        Race.of(THREADS, _ -> reserves()));
  }

  private static int wins(Race.Party<Boolean> party) {
    return (int) Race.of(THREADS, party).stream().filter(won -> won).count();
  }

  private boolean creates(long round) {
    var key = ObjectLayout.delta(collection, new DeltaId(new UUID(round, 0)));
    return family.store().putIfAbsent(key, unique()) instanceof Stored;
  }

  private boolean replaces(long round, int thread, ETag expected) {
    var key = ObjectLayout.pointer(collection);
    return family.store().putIfMatch(key, unique(), expected) instanceof Stored;
  }

  private boolean leases(long round, int thread) {
    Instant now = START.plusSeconds(100 * round);
    String owner = ProcessHandle.current().pid() + "/" + thread;
    return family.leases().acquire(collection, owner, now, LEASE) instanceof Acquired;
  }

  private boolean places(Sequence place) {
    DeltaId delta = Fresh.deltaId();
    var key = ObjectLayout.delta(collection, delta);
    var entry = new Committed(place, delta, key, 1, 10, Checksum.of(new byte[1]));
    try {
      return family.log().place(collection, entry) instanceof Placed;
    } catch (CorruptDataException e) {
      return false;
    }
  }

  private boolean names(long round) {
    var home = new Database(new UUID(0, 0), TenantName.DEFAULT, DatabaseName.DEFAULT);
    Collection mine = Fresh.collection(home, new CollectionName("round-" + round));
    return family.catalog().createCollection(mine).id().equals(mine.id());
  }

  private long reserves() {
    var result = (Reserved) family.log().reserve(collection, Fresh.deltaId(), null);
    return result.place().value();
  }

  private static ObjectBody unique() {
    return ObjectBody.of(Fresh.uuid().toString().getBytes(UTF_8));
  }
}
