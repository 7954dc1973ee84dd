package dev.siltstone.simulated;

import dev.siltstone.failure.OutcomeUnknownException;
import dev.siltstone.failure.UnavailableException;
import dev.siltstone.fault.StoreDecorator;
import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectLayout;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.StoredObject;
import dev.siltstone.storage.memory.MemoryObjectStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores as code would use them that had forgotten a rule about publishing or caching. */
final class FlawedStores {
  private static final ObjectKey POINTER = ObjectLayout.pointer(SimulatedCatalog.COLLECTION.id());

  private final ObjectStore store;
  private final MemoryObjectStore memory;
  private final SimulatedWire wire;

  FlawedStores(ObjectStore store, MemoryObjectStore memory, SimulatedWire wire) {
    this.store = store;
    this.memory = memory;
    this.wire = wire;
  }

  ObjectStore unconditionalPointerPut() {
    return new StoreDecorator(store) {
      @Override
      public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
        PutResult result;
        do {
          result = super.putIfMatch(key, body, tagNow(key).orElse(expected));
        } while (result instanceof PutResult.ConditionFailed);
        return result;
      }
    };
  }

  private Optional<ETag> tagNow(ObjectKey key) {
    return wire.outside(() -> memory.get(key)).map(StoredObject::etag);
  }

  ObjectStore cleansAfterUnknownSwap() {
    return new StoreDecorator(store) {
      private final List<ObjectKey> mine = new ArrayList<>();

      @Override
      public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
        if (ObjectLayout.writerEpoch(key).isPresent()) {
          mine.add(key);
        }
        return super.putIfAbsent(key, body);
      }

      @Override
      public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
        try {
          PutResult result = super.putIfMatch(key, body, expected);
          mine.clear();
          return result;
        } catch (OutcomeUnknownException e) {
          mine.forEach(this::delete);
          mine.clear();
          throw e;
        }
      }
    };
  }

  ObjectStore takesUnknownSwapForWon() {
    return new StoreDecorator(store) {
      @Override
      public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
        try {
          return super.putIfMatch(key, body, expected);
        } catch (OutcomeUnknownException e) {
          return new PutResult.Stored(new ETag("surely won"));
        }
      }
    };
  }

  ObjectStore ignoresFailedUploads() {
    return new StoreDecorator(store) {
      @Override
      public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
        try {
          return super.putIfAbsent(key, body);
        } catch (UnavailableException e) {
          if (key.equals(POINTER)) {
            throw e;
          }
          return new PutResult.Stored(new ETag("surely stored"));
        }
      }
    };
  }

  ObjectStore namesBeforeVerifying(Path home) {
    return new StoreDecorator(opensKeptFilesAsTheyAre(home)) {
      @Override
      public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
        try {
          return super.download(key, offset, expectedBytes, sink);
        } finally {
          kept(home, key).ifPresent(FlawedStores::name);
        }
      }
    };
  }

  /** Kept files are offered as if the store had them in place, where nothing compares them. */
  ObjectStore opensKeptFilesAsTheyAre(Path home) {
    return new StoreDecorator(store) {
      @Override
      public Optional<Path> localPath(ObjectKey key) {
        return kept(home, key).filter(Files::exists);
      }
    };
  }

  /** The final name in the cache of a segment's file. */
  private static Optional<Path> kept(Path home, ObjectKey key) {
    String[] parts = key.value().split("/", -1);
    if (!parts[0].equals("segment")) {
      return Optional.empty();
    }
    String segment = parts[2].substring(parts[2].indexOf('-') + 1);
    return Optional.of(home.resolve("cache").resolve(segment).resolve(parts[3]));
  }

  private static void name(Path kept) {
    Path part = kept.resolveSibling(kept.getFileName() + ".part");
    if (!Files.exists(part)) {
      return;
    }
    try {
      Files.copy(part, kept, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
