package dev.siltstone.gc;

/** Some objects and their size. */
public record Amount(long objects, long bytes) {
  public static final Amount NONE = new Amount(0, 0);

  /** Both together. */
  public Amount plus(Amount other) {
    return new Amount(objects + other.objects, bytes + other.bytes);
  }
}
