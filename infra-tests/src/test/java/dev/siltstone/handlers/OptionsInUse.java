package dev.siltstone.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.Database;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.TenantName;
import dev.siltstone.contract.Fresh;
import dev.siltstone.emulators.AwsFamily;
import java.util.List;
import java.util.Map;

/**
 * What only options bring, after the rest of a store's life: small writes by the queue, dropped
 * files, a warm-up after a publish.
 */
record OptionsInUse(AwsFamily family, HandlerProcess producer, HandlerProcess compactor) {
  /** Uses each option once. */
  void live() throws Exception {
    Database home =
        family.catalog().database(TenantName.DEFAULT, DatabaseName.DEFAULT).orElseThrow();
    family.catalog().createCollection(Fresh.collection(home, new CollectionName("rivers")));
    dropAFile();
    writeByTheQueue();
    compactor.invoke(Map.of("command", "compact", "collection", "rivers"));
  }

  private void writeByTheQueue() throws Exception {
    Map<String, Object> event =
        HandlersTest.queued(
            Map.of(
                "first",
                Map.of("collection", "rivers", "operation", "delete", "ids", List.of("f0"))));
    for (int delivery = 0; delivery < 2; delivery++) {
      assertThat(producer.invoke(event).get("batchItemFailures")).isEmpty();
    }
  }

  private void dropAFile() throws Exception {
    String key = "import/default_tenant/default_database/rivers/more.jsonl";
    HandlersTest.drop(family, key, 1);
    producer.invokeShortly(HandlersTest.dropped(family, key));
    producer.invoke(HandlersTest.rest(family));
  }
}
