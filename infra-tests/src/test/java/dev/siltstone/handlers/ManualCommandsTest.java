package dev.siltstone.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.siltstone.collection.Collection;
import dev.siltstone.collection.CollectionName;
import dev.siltstone.collection.DatabaseName;
import dev.siltstone.collection.HnswParameters;
import dev.siltstone.collection.Space;
import dev.siltstone.collection.TenantName;
import dev.siltstone.compactor.lambda.CompactorHandler;
import dev.siltstone.delta.Delta;
import dev.siltstone.delta.DeltaWriter;
import dev.siltstone.delta.EncodedDelta;
import dev.siltstone.failure.InvalidRequestException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.identity.DeltaId;
import dev.siltstone.identity.Sequence;
import dev.siltstone.local.Siltstone;
import dev.siltstone.local.node.LocalStore;
import dev.siltstone.log.VectorShape;
import dev.siltstone.notice.ReceivedNotice;
import dev.siltstone.record.Embedding;
import dev.siltstone.record.Metadata;
import dev.siltstone.record.MetadataPatch;
import dev.siltstone.record.Operation;
import dev.siltstone.record.RecordId;
import dev.siltstone.sqlite.EmbeddedDatabase;
import dev.siltstone.storage.Checksum;
import dev.siltstone.time.Clock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Commands given to the compactor's handler, over the embedded seams, beside the command line. */
class ManualCommandsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final CollectionId STONES =
      new CollectionId(new UUID(0x0190_0000_0000_7000L, -1L << 63));

  @TempDir Path folder;
  private LocalStore store;
  private CompactorHandler handler;

  @BeforeEach
  void open() {
    EmbeddedDatabase.open(folder).close();
    store = LocalStore.open(folder, Clock.system());
    handler = new CompactorHandler(store.workplace());
    store
        .catalog()
        .createCollection(
            new Collection(
                STONES,
                TenantName.DEFAULT,
                DatabaseName.DEFAULT,
                new CollectionName("stones"),
                Space.L2,
                HnswParameters.DEFAULT,
                null,
                null,
                Metadata.NONE,
                0));
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void everyAnswerIsThatOfTheCommandLine() throws Exception {
    write("a");
    assertThat(ask("compact", Map.of()).get("outcome").asText()).isEqualTo("DRAINED");
    writePoison("b");
    assertThat(ask("compact", Map.of()).get("quarantined").asInt()).isEqualTo(1);
    write("c");
    assertThat(ask("sweep").get("runs").get(0).get("collection").asText())
        .isEqualTo(STONES.toString());

    for (String command : List.of("stats", "snapshots", "verify", "compact")) {
      expectEqual(ask(command, Map.of()), command, "stones");
    }
    expectEqual(ask("verify", Map.of("all", true)), "verify", "stones", "--all");
    expectEqual(ask("verify", Map.of("snapshot", "1")), "verify", "stones", "--snapshot", "1");
    expectEqual(ask("receipt", Map.of("write", 1)), "receipt", "stones", "1");
    expectEqual(ask("receipt", Map.of("write", "2")), "receipt", "stones", "2");
    expectEqual(ask("quarantine list", Map.of()), "quarantine", "list", "stones");
    expectEqual(ask("gc", Map.of("dry_run", true)), "gc", "stones", "--dry-run");
    expectEqual(invoke(Map.of("command", "gc", "dry_run", true)), "gc", "--dry-run");
    JsonNode back = ask("rollback", Map.of("to", "1"));
    assertThat(back.get("rolled_back_to").asInt()).isEqualTo(1);
    assertThat(back.get("given_up").get(0).get("sequence").asInt()).isEqualTo(3);
  }

  @Test
  void aCollectionIsNamedByItsNameItsIdOrItsWholePath() throws Exception {
    for (String name :
        List.of("stones", STONES.toString(), "default_tenant/default_database/stones")) {
      assertThat(invoke(Map.of("command", "stats", "collection", name)).get("id").asText())
          .isEqualTo(STONES.toString());
    }
    assertThatThrownBy(() -> invoke(Map.of("command", "stats", "collection", "pebbles")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("is stones");
    assertThatThrownBy(() -> invoke(Map.of("command", "stats", "collection", "a/b")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("tenant/database/name");
  }

  @Test
  void aRetriedDeltaIsAnnouncedAndFolded() throws Exception {
    byte[] good = writePoison("late");
    ask("compact", Map.of());
    takeNotices();
    String repaired = Base64.getEncoder().encodeToString(good);

    JsonNode retried = ask("quarantine retry", Map.of("sequence", 1, "repaired", repaired));

    assertThat(retried.get("was_set_aside_at").asInt()).isEqualTo(1);
    assertThat(retried.get("written_again_at").asInt()).isEqualTo(2);
    assertThat(takeNotices()).containsExactly(STONES);
    assertThat(ask("compact", Map.of()).get("operations").asInt()).isEqualTo(1);
    assertThat(ask("stats", Map.of()).get("records").asInt()).isEqualTo(1);
  }

  @Test
  void aRollbackIsAnnounced() throws Exception {
    write("a");
    ask("compact", Map.of());
    write("b");
    takeNotices();
    ask("rollback", Map.of("to", 1));
    assertThat(takeNotices()).containsExactly(STONES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'collection':'stones'}",
        "{'gc':true}",
        "{'command':'destroy','collection':'stones'}",
        "{'command':7}",
        "{'command':'stats'}",
        "{'command':'stats','collection':['stones']}",
        "{'command':'gc','collection':null}",
        "{'command':'gc','collection':'stones','dryrun':true}",
        "{'command':'gc','collection':'stones','dry_run':'yes'}",
        "{'command':'verify','collection':'stones','all':true,'snapshot':'1'}",
        "{'command':'verify','collection':'stones','recall':true}",
        "{'command':'rollback','collection':'stones'}",
        "{'command':'receipt','collection':'stones','write':'  '}",
        "{'command':'quarantine retry','collection':'stones','sequence':0}",
        "{'command':'quarantine retry','collection':'stones','sequence':1,'repaired':'#'}",
      })
  void whatIsNoCommandIsRefusedAndSaysWhatToWrite(String event) throws Exception {
    write("a");
    JsonNode before = ask("stats", Map.of());
    assertThatThrownBy(() -> send(event.replace('\'', '"')))
        .isInstanceOf(InvalidRequestException.class)
        .message()
        .containsAnyOf("commands are compact, sweep", "an event is", "command ");
    assertThat(ask("stats", Map.of())).isEqualTo(before);
  }

  /** All but the last runs, which the commands themselves add to. */
  private void expectEqual(JsonNode answer, String... arguments) throws IOException {
    CommandLine command = Siltstone.commandLine();
    StringWriter out = new StringWriter();
    command.setOut(new PrintWriter(out, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--json", "--data", folder.toString()));
    int _ = command.execute(all.toArray(String[]::new));
    assertThat(withoutRuns(answer)).isEqualTo(withoutRuns(JSON.readTree(out.toString())));
  }

  private static JsonNode withoutRuns(JsonNode answer) {
    ((ObjectNode) answer).remove("runs");
    return answer;
  }

  private JsonNode ask(String command) throws IOException {
    return invoke(Map.of("command", command));
  }

  private JsonNode ask(String command, Map<String, Object> fields) throws IOException {
    Map<String, Object> event = new HashMap<>(fields);
    event.put("command", command);
    event.put("collection", "stones");
    return invoke(event);
  }

  private JsonNode invoke(Map<String, Object> event) throws IOException {
    return send(JSON.writeValueAsString(event));
  }

  private JsonNode send(String event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)),
        out,
        new HandlerContext(60_000));
    return JSON.readTree(out.toByteArray());
  }

  private List<CollectionId> takeNotices() {
    List<ReceivedNotice> taken = store.notices().receive(10, Duration.ofMinutes(1));
    taken.forEach(store.notices()::acknowledge);
    return taken.stream().map(notice -> notice.notice().collection()).toList();
  }

  private Sequence write(String id) {
    return store
        .commit()
        .commit(STONES, new VectorShape(2, null), delta -> encoded(delta, id))
        .sequence();
  }

  /** Commits bytes that nobody can decode; returns those that it should have been. */
  private byte[] writePoison(String id) {
    byte[][] good = new byte[1][];
    store
        .commit()
        .commit(
            STONES,
            new VectorShape(2, null),
            delta -> {
              good[0] = encoded(delta, id).bytes();
              byte[] bad = {1, 2, 3};
              return new EncodedDelta(delta, bad, Checksum.of(bad), 1);
            });
    return good[0];
  }

  private EncodedDelta encoded(DeltaId delta, String id) {
    return DeltaWriter.encode(
        new Delta(
            STONES,
            delta,
            2,
            null,
            store.clock().now(),
            List.of(
                new Operation.Add(
                    new RecordId(id),
                    Embedding.of(1, id.length()),
                    null,
                    null,
                    MetadataPatch.NONE))));
  }
}
