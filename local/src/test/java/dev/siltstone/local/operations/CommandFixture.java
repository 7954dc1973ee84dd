package dev.siltstone.local.operations;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.Siltstone;
import dev.siltstone.local.node.LengthEmbedding;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.local.node.NodeSettings.Compaction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** A node with one collection that stays open, and commands that work on its folder beside it. */
final class CommandFixture implements AutoCloseable {
  private static final String COLLECTIONS =
      "/api/v2/tenants/default_tenant/databases/default_database/collections";

  private final Path folder;
  private final LocalNode node;
  private final CollectionId collection;
  private StringWriter out = new StringWriter();
  private StringWriter err = new StringWriter();

  private CommandFixture(Path folder, String name) throws IOException {
    this.folder = folder;
    this.node =
        LocalNode.open(
            new NodeSettings(folder, new LengthEmbedding(), Compaction.ON_DEMAND, Reset.REFUSED));
    ApiResponse created = post("", "{\"name\":\"%s\"}".formatted(name));
    this.collection =
        CollectionId.parse(new ObjectMapper().readTree(created.body()).get("id").textValue());
  }

  static CommandFixture withCollection(Path folder, String name) throws IOException {
    return new CommandFixture(folder, name);
  }

  CollectionId collection() {
    return collection;
  }

  LocalNode node() {
    return node;
  }

  /** Writes one record by one delta. */
  void add(String id, String document) {
    post(
        "/" + collection + "/add",
        "{\"ids\":[\"%s\"],\"documents\":[\"%s\"]}".formatted(id, document));
  }

  void compact() {
    node.compact(collection);
  }

  /** Runs a command on the folder; {@link #out} and {@link #err} are what it wrote. */
  int run(String... arguments) {
    return runOn(folder, arguments);
  }

  int runOn(Path data, String... arguments) {
    out = new StringWriter();
    err = new StringWriter();
    CommandLine command = Siltstone.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--data", data.toString()));
    return command.execute(all.toArray(String[]::new));
  }

  String out() {
    return out.toString();
  }

  String err() {
    return err.toString();
  }

  private ApiResponse post(String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return node.answer(new ApiRequest("POST", COLLECTIONS + path, Map.of(), Map.of(), bytes));
  }

  @Override
  public void close() {
    node.close();
  }
}
