package dev.siltstone.log;

/**
 * How many unfolded places a collection may have.
 *
 * @param slowDownAt from here on writers wait before they write, the longer the more there are
 * @param refuseAt from here on they are refused
 */
public record BacklogLimits(long slowDownAt, long refuseAt) {
  public static final BacklogLimits DEFAULT = new BacklogLimits(2_000, 10_000);

  public BacklogLimits {
    if (slowDownAt < 1 || refuseAt <= slowDownAt) {
      throw new IllegalArgumentException("limits " + slowDownAt + " and " + refuseAt);
    }
  }
}
