package dev.siltstone.storage;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Durable bytes under keys, with two atomic conditions on writes. A write that returned is durable
 * and visible to every later read of any process. All methods may be called by many threads.
 *
 * <p>Reads throw {@link UnavailableException} when the store does not answer. Writes throw it when
 * they certainly had no effect, and {@link OutcomeUnknownException} when the answer was lost: the
 * write may have happened, or may still happen later. Implementations retry a throttled or refused
 * call a bounded number of times, but never a conditional write whose outcome is unknown.
 */
public interface ObjectStore {
  /** The whole object and its ETag, or empty if there is none. */
  Optional<StoredObject> get(ObjectKey key);

  /**
   * {@code length} bytes from {@code offset}.
   *
   * @throws dev.siltstone.failure.NotFoundException if there is no such object
   * @throws IllegalArgumentException if the range does not lie within the object
   */
  byte[] getRange(ObjectKey key, long offset, int length);

  /**
   * Hands the object's bytes from {@code offset} to its end to {@code sink}, in order, each once,
   * while later ones are on their way, on the calling thread. Returns the object's size. After a
   * failure the sink has what had arrived so far, so that a later call can go on from there.
   *
   * @param expectedBytes the object's size as far as the caller knows it, or 0: a far store need
   *     not wait for the first part to know how many there are. The object's own size decides.
   * @throws dev.siltstone.failure.NotFoundException if there is no such object
   */
  long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink);

  /** Creates the object if the key is free. Of many racing callers exactly one gets Stored. */
  PutResult putIfAbsent(ObjectKey key, ObjectBody body);

  /**
   * Replaces the object if its ETag is {@code expected}. Of many racing callers at most one wins.
   */
  PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected);

  /**
   * Up to {@code limit} objects whose keys start with {@code prefix}, in key order, after {@code
   * after} (exclusive) or from the first. An empty list is the end.
   */
  List<ListedObject> listAfter(String prefix, @Nullable ObjectKey after, int limit);

  /** Deletes the object; no error if there is none. */
  void delete(ObjectKey key);

  /**
   * The object's own file where the store keeps objects as files on this machine: it can be mapped
   * in place, needs no download and never changes while it exists. Empty for remote stores and for
   * missing objects.
   */
  Optional<Path> localPath(ObjectKey key);
}
