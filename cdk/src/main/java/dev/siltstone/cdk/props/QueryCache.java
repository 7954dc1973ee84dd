package dev.siltstone.cdk.props;

/** How the query function keeps segments, and so how it starts: Lambda allows one or the other. */
public sealed interface QueryCache {
  /** 512 MB of {@code /tmp}, and instances that start from a snapshot of a primed one. */
  record SnapStart() implements QueryCache {}

  /**
   * A larger {@code /tmp}, which excludes SnapStart.
   *
   * @param gib its size
   * @param provisioned instances that are always warm; 0 for none, which costs nothing while idle
   */
  record Disk(int gib, int provisioned) implements QueryCache {
    public Disk {
      Bounds.check(StackOption.QUERY_CACHE, gib, 1, 10);
      Bounds.check(StackOption.PROVISIONED_CONCURRENCY, provisioned, 0, 1_000);
    }
  }
}
