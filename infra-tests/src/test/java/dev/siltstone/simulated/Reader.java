package dev.siltstone.simulated;

import static dev.siltstone.simulated.SimulatedCatalog.COLLECTION;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.api.Route;
import dev.siltstone.api.RouteMatch;
import dev.siltstone.api.json.RecordsJson;
import dev.siltstone.distance.KernelChoice;
import dev.siltstone.embedding.EmbeddingFunctions;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.identity.Sequence;
import dev.siltstone.query.CollectionSettings;
import dev.siltstone.query.QueryTexts;
import dev.siltstone.query.RecordDeletion;
import dev.siltstone.query.RecordsApi;
import dev.siltstone.query.SearchEngine;
import dev.siltstone.record.RecordId;
import dev.siltstone.record.StoredRecord;
import dev.siltstone.tail.TailView;
import dev.siltstone.view.Consistency;
import dev.siltstone.view.ReadView;
import dev.siltstone.view.SoonCollection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads at every consistency, and deletes by filter, through the real views and their API. */
final class Reader {
  private static final String TOKEN = "x-siltstone-token";

  private final Machine machine;
  private final History history;
  private final Writing writing;
  private final RecordsApi api;
  private long lastShown;

  Reader(Machine machine, History history, Writing writing) {
    this.machine = machine;
    this.history = history;
    this.writing = writing;
    this.api =
        new RecordsApi(
            new CollectionSettings(machine.services.catalog(), Runnable::run),
            machine.views,
            new RecordDeletion(
                machine.commit, machine.views, machine.services.notices(), machine.clock),
            new QueryTexts(EmbeddingFunctions.NONE),
            SearchEngine.alone(KernelChoice.ofThisJvm().kernel()),
            new RecordsJson(1 << 20));
  }

  /** One read, mostly a strong one. */
  void read() {
    List<Long> tokens = history.tokens();
    switch (machine.random.nextInt(5)) {
      case 0 -> eventual();
      case 1 -> {
        if (!tokens.isEmpty()) {
          atLeast(tokens.get(machine.random.nextInt(tokens.size())));
        }
      }
      default -> strong();
    }
  }

  void strong() {
    read("strong", history.highestTold(), Consistency.STRONG);
  }

  private void eventual() {
    read("eventual", lastShown, new Consistency.Eventual(Duration.ofMinutes(1)));
  }

  private void atLeast(long token) {
    read("at least", Math.max(token, lastShown), new Consistency.AtLeast(new Sequence(token)));
  }

  private void read(String kind, long atLeast, Consistency consistency) {
    try (ReadView view = machine.views.open(SoonCollection.of(COLLECTION), consistency)) {
      TailView records = view.records();
      Map<RecordId, StoredRecord> found = new HashMap<>();
      for (RecordId id : World.IDS) {
        records.find(id).ifPresent(place -> found.put(id, records.record(place)));
      }
      lastShown = records.sequence().value();
      history.read(kind, atLeast, records.sequence(), found, records.liveRecords());
    }
  }

  /** Deletes every record with a random number. */
  void deleteByFilter() {
    long number = machine.random.nextInt(3);
    Write write = history.begin(new Write.Content.DeleteNumber(number));
    writing.begins(write);
    try {
      ApiResponse response = call(Route.DELETE_RECORDS, "{\"where\":{\"n\":%d}}".formatted(number));
      history.acknowledged(write, new Sequence(Long.parseLong(response.headers().get(TOKEN))));
    } catch (UnavailableException e) {
      write.refuse();
      throw e;
    }
  }

  private ApiResponse call(Route route, String body) {
    return api.handle(
        new RouteMatch(
            route,
            Map.of(
                "tenant", COLLECTION.tenant().value(),
                "database", COLLECTION.database().value(),
                "collection", COLLECTION.id().toString())),
        new ApiRequest("POST", "/", Map.of(), Map.of(), body.getBytes(StandardCharsets.UTF_8)));
  }
}
