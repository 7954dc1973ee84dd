package dev.siltstone.local.backup;

import dev.siltstone.failure.CorruptDataException;
import dev.siltstone.failure.NotFoundException;
import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.gc.SideBySide;
import dev.siltstone.identity.CollectionId;
import dev.siltstone.local.backup.WantedObject.Presence;
import dev.siltstone.operations.WorkProgress;
import dev.siltstone.storage.Checksum;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries immutable objects from one store to another, each checked against its checksum on the
 * way. What is there already under the name and with the size is left: an earlier attempt has
 * carried it. Large ones go through a file, so that memory holds a few small ones at most.
 */
final class ObjectCopies {
  private static final long IN_MEMORY = 4 << 20;
  private static final int ATTEMPTS = 5;
  private static final int PAGE = 1_000;
  private static final int BUFFER = 1 << 18;

  private final ObjectStore from;
  private final OpenStore to;
  private final @Nullable ObjectStore previous;
  private final Executor workers;

  /**
   * Copies between these stores.
   *
   * @param previous an older backup on this machine, whose files are linked instead of fetched
   *     where it has them; null if there is none
   */
  ObjectCopies(ObjectStore from, OpenStore to, @Nullable ObjectStore previous, Executor workers) {
    this.from = from;
    this.to = to;
    this.previous = previous;
    this.workers = workers;
  }

  /**
   * Carries them all.
   *
   * @param as the collection's id in the copy
   * @throws NotFoundException if one is missing that is required
   * @throws CorruptDataException if one is not what it was when it was written
   */
  Carried carry(List<WantedObject> wanted, CollectionId as, WorkProgress.Step progress) {
    Map<ObjectKey, Long> present = present(as);
    List<Supplier<Carried>> calls =
        wanted.stream()
            .<Supplier<Carried>>map(object ->
                () -> {
                  Carried carried = carry(object, present);
                  progress.advance(object.bytes());
                  return carried;
                })
            .toList();
    return SideBySide.run(workers, calls).stream().reduce(Carried.NOTHING, Carried::plus);
  }

  private Map<ObjectKey, Long> present(CollectionId as) {
    Map<ObjectKey, Long> present = new HashMap<>();
    Stream.of(
            ObjectLayout.deltaPrefix(as),
            ObjectLayout.segmentPrefix(as),
            ObjectLayout.snapshotPrefix(as))
        .forEach(prefix -> addAll(prefix, present));
    return present;
  }

  private void addAll(String prefix, Map<ObjectKey, Long> present) {
    List<ListedObject> page = to.objects().listAfter(prefix, null, PAGE);
    while (!page.isEmpty()) {
      page.forEach(object -> present.put(object.key(), object.bytes()));
      page = to.objects().listAfter(prefix, page.getLast().key(), PAGE);
    }
  }

  private Carried carry(WantedObject object, Map<ObjectKey, Long> present) {
    Long bytes = present.get(object.to());
    if (bytes != null && bytes == object.bytes()) {
      return new Carried(1, 0, object.bytes());
    }
    Optional<Path> linked = inPrevious(object);
    if (linked.isPresent()) {
      put(object.to(), ObjectBody.of(linked.get()));
      return new Carried(1, 0, object.bytes());
    }
    try {
      fetch(object);
      return new Carried(1, object.bytes(), 0);
    } catch (NotFoundException e) {
      if (object.presence() == Presence.REQUIRED) {
        throw e;
      }
      return Carried.NOTHING;
    }
  }

  private Optional<Path> inPrevious(WantedObject object) {
    return previous == null
        ? Optional.empty()
        : previous
            .localPath(object.from())
            .filter(file -> checksum(file).equals(object.checksum()));
  }

  private void fetch(WantedObject object) {
    if (object.bytes() <= IN_MEMORY) {
      StoredObject found =
          from.get(object.from())
              .orElseThrow(() -> new NotFoundException("no object " + object.from()));
      require(object, Checksum.of(found.bytes()));
      put(object.to(), ObjectBody.of(found.bytes()));
      return;
    }
    try {
      Path folder = to.scratch().newFolder();
      Path file = folder.resolve("object");
      try {
        require(object, download(object, file));
        put(object.to(), ObjectBody.of(file));
      } finally {
        Files.deleteIfExists(file);
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      throw new UnavailableException("cannot use the scratch folder", e);
    }
  }

  private Checksum download(WantedObject object, Path file) throws IOException {
    MessageDigest digest = Checksum.newDigest();
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      from.download(
          object.from(),
          0,
          object.bytes(),
          arrived -> {
            digest.update(arrived.duplicate());
            while (arrived.hasRemaining()) {
              out.write(arrived);
            }
          });
    }
    return Checksum.of(digest);
  }

  /** The name is this content's alone: if it is taken, an earlier attempt has arrived. */
  private void put(ObjectKey key, ObjectBody body) {
    for (int attempt = 1; ; attempt++) {
      try {
        to.objects().putIfAbsent(key, body);
        return;
      } catch (OutcomeUnknownException e) {
        if (attempt == ATTEMPTS) {
          throw new UnavailableException("no answer to storing " + key, e);
        }
      }
    }
  }

  private static void require(WantedObject object, Checksum found) {
    if (!found.equals(object.checksum())) {
      throw new CorruptDataException(
          "%s has SHA-256 %s, expected %s; nothing is copied from damaged data"
              .formatted(object.from(), found, object.checksum()));
    }
  }

  private static Checksum checksum(Path file) {
    MessageDigest digest = Checksum.newDigest();
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UnavailableException("cannot read " + file, e);
    }
    return Checksum.of(digest);
  }
}
