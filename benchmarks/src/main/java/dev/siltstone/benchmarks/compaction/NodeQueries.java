package dev.siltstone.benchmarks.compaction;

import dev.siltstone.api.ApiRequest;
import dev.siltstone.api.ApiResponse;
import dev.siltstone.benchmarks.pipeline.NoEmbedding;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.node.LocalNode;
import dev.siltstone.local.node.NodeSettings;
import dev.siltstone.query.admin.AdminSettings;
import dev.siltstone.record.Embedding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** Asks a node on the same folder, as a client would but without the network between. */
final class NodeQueries implements AutoCloseable {
  private final LocalNode node;
  private final String path;

  NodeQueries(Path folder, CollectionId collection) {
    node =
        LocalNode.open(
            new NodeSettings(
                folder,
                new NoEmbedding(),
                NodeSettings.Compaction.ON_DEMAND,
                AdminSettings.Reset.REFUSED));
    path =
        "/api/v2/tenants/default_tenant/databases/default_database/collections/"
            + collection
            + "/query";
  }

  /** The shortest of some times for the ten nearest, strongly consistent. */
  double bestMillis(Embedding query, int times) {
    byte[] body =
        "{\"query_embeddings\":[%s],\"n_results\":10,\"include\":[\"distances\"]}"
            .formatted(Arrays.toString(query.toArray()))
            .getBytes(StandardCharsets.UTF_8);
    double best = Double.MAX_VALUE;
    for (int i = 0; i < times; i++) {
      long start = System.nanoTime();
      ApiResponse answer = node.answer(new ApiRequest("POST", path, Map.of(), Map.of(), body));
      best = Math.min(best, (System.nanoTime() - start) / 1e6);
      if (answer.status() != 200) {
        throw new IllegalStateException(new String(answer.body(), StandardCharsets.UTF_8));
      }
    }
    return best;
  }

  @Override
  public void close() {
    node.close();
  }
}
