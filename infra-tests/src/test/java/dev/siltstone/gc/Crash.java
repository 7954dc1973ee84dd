package dev.siltstone.gc;

/** The process is gone. */
public final class Crash extends Error {
  private static final long serialVersionUID = 1L;
}
