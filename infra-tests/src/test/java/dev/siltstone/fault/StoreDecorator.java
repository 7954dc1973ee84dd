package dev.siltstone.fault;

import dev.siltstone.storage.ByteSink;
import dev.siltstone.storage.ETag;
import dev.siltstone.storage.ListedObject;
import dev.siltstone.storage.ObjectBody;
import dev.siltstone.storage.ObjectKey;
import dev.siltstone.storage.ObjectStore;
import dev.siltstone.storage.PutResult;
import dev.siltstone.storage.StoredObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A store that hands everything on; subclasses change something. */
public class StoreDecorator implements ObjectStore {
  private final ObjectStore store;

  protected StoreDecorator(ObjectStore store) {
    this.store = store;
  }

  @Override
  public Optional<StoredObject> get(ObjectKey key) {
    return store.get(key);
  }

  @Override
  public byte[] getRange(ObjectKey key, long offset, int length) {
    return store.getRange(key, offset, length);
  }

  @Override
  public long download(ObjectKey key, long offset, long expectedBytes, ByteSink sink) {
    return store.download(key, offset, expectedBytes, sink);
  }

  @Override
  public PutResult putIfAbsent(ObjectKey key, ObjectBody body) {
    return store.putIfAbsent(key, body);
  }

  @Override
  public PutResult putIfMatch(ObjectKey key, ObjectBody body, ETag expected) {
    return store.putIfMatch(key, body, expected);
  }

  @Override
  public List<ListedObject> listAfter(String prefix, @Nullable ObjectKey after, int limit) {
    return store.listAfter(prefix, after, limit);
  }

  @Override
  public void delete(ObjectKey key) {
    store.delete(key);
  }

  @Override
  public Optional<Path> localPath(ObjectKey key) {
    return store.localPath(key);
  }
}
