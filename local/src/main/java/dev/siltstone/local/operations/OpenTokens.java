package dev.siltstone.local.operations;

import dev.siltstone.access.TokenStore;

/** Tokens and what has to be closed after their use. */
record OpenTokens(TokenStore store, AutoCloseable opened) implements AutoCloseable {
  @Override
  public void close() throws Exception {
    opened.close();
  }
}
