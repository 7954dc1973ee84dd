package dev.siltstone.processes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;

/**
 * Writes the same few batches of records over and over, each time as a higher version, until its
 * server is gone. All parts of a record and all records of a batch carry the version, so that
 * anything half-written shows.
 */
final class VersionedWriter implements Callable<Void> {
  static final int BATCHES = 4;
  static final int RECORDS = 5;

  private final int writer;
  private final Semaphore answers;
  private final int[] acknowledged = new int[BATCHES];
  private final int[] attempted = new int[BATCHES];
  private volatile HttpCollection collection;
  private int next;

  /**
   * A writer.
   *
   * @param answers gets a permit for every write that was acknowledged
   */
  VersionedWriter(int writer, HttpCollection collection, Semaphore answers) {
    this.writer = writer;
    this.collection = collection;
    this.answers = answers;
  }

  void moveTo(HttpCollection restarted) {
    collection = restarted;
  }

  /** The last version of a batch whose write was answered. */
  int acknowledged(int batch) {
    return acknowledged[batch];
  }

  /** The last version of a batch that was sent, answered or not. */
  int attempted(int batch) {
    return attempted[batch];
  }

  /** A server that has shown a version, written but not acknowledged, may not take it back. */
  void seen(int batch, int version) {
    acknowledged[batch] = version;
  }

  String id(int batch, int record) {
    return "w%d-b%d-r%d".formatted(writer, batch, record);
  }

  @Override
  public Void call() throws InterruptedException {
    try {
      while (true) {
        int batch = next++ % BATCHES;
        int version = ++attempted[batch];
        collection.call("upsert", body(batch, version));
        acknowledged[batch] = version;
        answers.release();
      }
    } catch (IOException e) {
      return null; // The kill: what was under way is neither acknowledged nor excluded.
    }
  }

  private Map<String, Object> body(int batch, int version) {
    List<String> ids = new ArrayList<>();
    List<List<Integer>> embeddings = new ArrayList<>();
    List<String> documents = new ArrayList<>();
    List<Map<String, Integer>> metadatas = new ArrayList<>();
    for (int record = 0; record < RECORDS; record++) {
      ids.add(id(batch, record));
      embeddings.add(List.of(version, writer, record));
      documents.add("version " + version);
      metadatas.add(Map.of("version", version));
    }
    return Map.of(
        "ids", ids, "embeddings", embeddings, "documents", documents, "metadatas", metadatas);
  }
}
