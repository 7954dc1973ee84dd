package dev.siltstone.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.EmbeddedFamily;
import dev.siltstone.contract.Fresh;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.log.ReserveResult.Reserved;
import dev.siltstone.process.RacingProcess.Wins;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectLayout;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four processes of four threads each on one folder: one winner of everything, every round. */
final class ProcessRaceTest {
  private static final int PROCESSES = 4;
  private static final int ROUNDS = 15;

  @TempDir Path folder;

  @Test
  void hasOneWinnerOfEverythingInEveryRound() {
    try (EmbeddedFamily family = new EmbeddedFamily(folder)) {
      CollectionId collection = newCollection(family);
      List<ChildJvm> racers = start(collection);
      try {
        for (int round = 1; round <= ROUNDS; round++) {
          race(family, collection, racers, round);
        }
      } finally {
        racers.forEach(ChildJvm::close);
      }
    }
  }

  private static void race(
      EmbeddedFamily family, CollectionId collection, List<ChildJvm> racers, int round) {
    var place = ((Reserved) family.log().reserve(collection, Fresh.deltaId(), null)).place();
    var etag = family.store().get(ObjectLayout.pointer(collection)).orElseThrow().etag();
    long before = place.value();

    racers.forEach(each -> each.send(round + " " + etag.value() + " " + place));
    List<Wins> wins = racers.stream().map(each -> Wins.parse(each.receive())).toList();

    assertThat(sum(wins, Wins::created)).as("created in round %d", round).isEqualTo(1);
    assertThat(sum(wins, Wins::replaced)).as("replaced in round %d", round).isEqualTo(1);
    assertThat(sum(wins, Wins::leased)).as("leased in round %d", round).isEqualTo(1);
    assertThat(sum(wins, Wins::placed)).as("placed in round %d", round).isEqualTo(1);
    assertThat(sum(wins, Wins::named)).as("named in round %d", round).isEqualTo(1);
    List<Long> reserved = new ArrayList<>();
    wins.forEach(each -> reserved.addAll(each.reserved()));
    assertThat(reserved).hasSize(16).doesNotHaveDuplicates();
    assertThat(reserved).allMatch(each -> each > before && each <= before + 16);
  }

  private List<ChildJvm> start(CollectionId collection) {
    List<ChildJvm> racers = new ArrayList<>();
    for (int i = 0; i < PROCESSES; i++) {
      racers.add(ChildJvm.start(RacingProcess.class, folder.toString(), collection.toString()));
    }
    racers.forEach(each -> assertThat(each.receive()).isEqualTo("ready"));
    return racers;
  }

  private static CollectionId newCollection(EmbeddedFamily family) {
    var home = family.catalog().database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();
    CollectionId id =
        family.catalog().createCollection(Fresh.collection(home, Fresh.collectionName())).id();
    family.store().putIfAbsent(ObjectLayout.pointer(id), ObjectBody.of("start".getBytes(UTF_8)));
    return id;
  }

  private static int sum(List<Wins> wins, ToIntFunction<Wins> of) {
    return wins.stream().mapToInt(of).sum();
  }
}
