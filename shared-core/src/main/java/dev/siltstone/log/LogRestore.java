package dev.siltstone.log;

import dev.siltstone.identity.CollectionId;
import java.util.List;

/**
 * Puts down the log of a collection that is about to be brought back from a copy. Nobody sees any
 * of it until {@link dev.siltstone.collection.Catalog#restoreCollection} gives the collection its
 * head, and from then on this refuses. A seam of its own: no function needs it.
 */
public interface LogRestore {
  /**
   * Writes tip and entries, each step with the check that the collection has no head. May be
   * repeated with the same content, also after it was cut off or its outcome is unknown.
   *
   * @param entries of any kind, in order
   * @return false if the collection exists: nothing was written since it does
   */
  boolean put(CollectionId collection, Tip tip, List<LogEntry> entries);
}
