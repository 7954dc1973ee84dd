package dev.siltstone.contract;

import java.nio.file.Path;

/** Two sets of embedded adapters on one folder, which share nothing but the files. */
record TwoFamilies(EmbeddedFamily one, EmbeddedFamily two) implements AutoCloseable {
  static TwoFamilies in(Path folder) {
    return new TwoFamilies(new EmbeddedFamily(folder), new EmbeddedFamily(folder));
  }

  @Override
  public void close() {
    one.close();
    two.close();
  }
}
