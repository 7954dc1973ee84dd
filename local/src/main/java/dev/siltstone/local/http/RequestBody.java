package dev.siltstone.local.http;

/** A decoded body and its share of the memory for bodies, given back on close. */
record RequestBody(byte[] bytes, MemoryBudget.Share share) implements AutoCloseable {
  @Override
  public void close() {
    share.close();
  }
}
