package dev.siltstone.local.node;

import dev.siltstone.embedding.EmbeddingFunction;
import dev.siltstone.query.admin.AdminSettings.Reset;
import java.nio.file.Path;

/**
 * How a node is set up.
 *
 * @param folder that holds everything; created if needed
 * @param embedding makes vectors for documents and questions that come without
 * @param compaction when the log is folded
 * @param reset what becomes of a client's request to drop everything
 * @param access whether a token is asked for
 */
public record NodeSettings(
    Path folder, EmbeddingFunction embedding, Compaction compaction, Reset reset, Access access) {

  /** Who may ask. */
  public enum Access {
    /** Anyone who reaches the process. */
    OPEN,
    /** Who has a token. */
    BY_TOKEN
  }

  /** A node that anyone may ask. */
  public NodeSettings(
      Path folder, EmbeddingFunction embedding, Compaction compaction, Reset reset) {
    this(folder, embedding, compaction, reset, Access.OPEN);
  }

  /** When the log is folded. */
  public enum Compaction {
    /** By a thread of its own, whenever there is work. */
    IN_BACKGROUND,
    /** Only when asked. */
    ON_DEMAND
  }
}
