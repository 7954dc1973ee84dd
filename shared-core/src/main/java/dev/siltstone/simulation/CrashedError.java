package dev.siltstone.simulation;

/** The actor's process is gone: nothing it does from here on reaches a service. */
public final class CrashedError extends Error {
  private static final long serialVersionUID = 1;

  CrashedError(String actor) {
    super(actor + " has crashed");
  }
}
