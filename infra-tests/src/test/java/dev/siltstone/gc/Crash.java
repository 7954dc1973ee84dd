package dev.siltstone.gc;

/** The process is gone. */
final class Crash extends Error {
  private static final long serialVersionUID = 1L;
}
