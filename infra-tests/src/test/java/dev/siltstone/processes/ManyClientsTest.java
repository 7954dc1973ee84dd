package dev.siltstone.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.siltstone.processes.MixedClient.Exchange;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 64 clients read and write the same records while the server compacts. Every write says its place
 * in the log and every read how far it saw, so a replay of the writes in that order must explain
 * every read, to the last field. The whole run:
 *
 * <pre>./mvnw -pl infra-tests -am test -Dtest=ManyClientsTest
 *     -Dsurefire.failIfNoSpecifiedTests=false -Dsiltstone.mixed.seconds=60</pre>
 */
class ManyClientsTest {
  private static final int CLIENTS = 64;
  private static final int SECONDS = Integer.getInteger("siltstone.mixed.seconds", 4);
  private static final long SEED = Long.getLong("siltstone.seed", 20261121);

  @TempDir private Path data;

  @Test
  void everyReadIsExplainedByTheAcknowledgedWrites() throws Exception {
    List<Exchange> exchanges = exchanges();
    List<Exchange> writes = exchanges.stream().filter(Exchange::isWrite).toList();
    assertThat(writes.stream().filter(write -> write.sequence() > 0).map(Exchange::sequence))
        .as("places in the log")
        .doesNotHaveDuplicates();
    replay(exchanges);
    System.out.printf(
        "%d clients, %d s, seed %d: %d reads explained by %d writes%n",
        CLIENTS, SECONDS, SEED, exchanges.size() - writes.size(), writes.size());
  }

  private List<Exchange> exchanges() throws Exception {
    List<Exchange> exchanges = new ArrayList<>();
    try (ServeProcess server = ServeProcess.start(data);
        HttpClient http = HttpClient.newHttpClient();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      HttpCollection collection = HttpCollection.open(http, server.uri(), "shared");
      AtomicLong acknowledged = new AtomicLong();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      BooleanSupplier goesOn = () -> System.nanoTime() < end;
      List<Future<List<Exchange>>> clients = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        clients.add(
            threads.submit(new MixedClient(collection, SEED + client, acknowledged, goesOn)));
      }
      for (Future<List<Exchange>> client : clients) {
        exchanges.addAll(client.get());
      }
    }
    return exchanges;
  }

  /** Writes come before the reads that saw as far. A write of no place has changed nothing. */
  private static void replay(List<Exchange> exchanges) {
    PlainCollection model = new PlainCollection();
    List<Exchange> inOrder =
        exchanges.stream()
            .filter(exchange -> !exchange.isWrite() || exchange.sequence() > 0)
            .sorted(
                Comparator.comparingLong(Exchange::sequence)
                    .thenComparingInt(exchange -> exchange.isWrite() ? 0 : 1))
            .toList();
    for (Exchange exchange : inOrder) {
      if (exchange.isWrite()) {
        model.apply(exchange.operation(), exchange.request(), exchange.answer());
      } else {
        assertThat(exchange.sequence())
            .as("how far a read saw after others were acknowledged")
            .isGreaterThanOrEqualTo(exchange.acknowledgedBefore());
        model.check(exchange.operation(), exchange.request(), exchange.answer());
      }
    }
  }
}
