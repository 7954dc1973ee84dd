package dev.siltstone.storage;

import java.nio.file.Path;

/** What is to be stored. */
public sealed interface ObjectBody {
  /** Bytes in memory; the store does not change them and the caller must not either. */
  record Bytes(byte[] bytes) implements ObjectBody {}

  /**
   * A closed, complete file. A store on the same file system may link it instead of copying it, so
   * the caller must never write to it again; deleting the path afterwards is fine.
   */
  record LocalFile(Path path) implements ObjectBody {}

  static ObjectBody of(byte[] bytes) {
    return new Bytes(bytes);
  }

  static ObjectBody of(Path path) {
    return new LocalFile(path);
  }
}
