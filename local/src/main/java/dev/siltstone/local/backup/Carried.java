package dev.siltstone.local.backup;

/**
 * How objects came into a copy.
 *
 * @param objects in the copy
 * @param fetchedBytes carried from the store that is copied
 * @param foundBytes there already, or linked from a previous backup
 */
public record Carried(int objects, long fetchedBytes, long foundBytes) {
  static final Carried NOTHING = new Carried(0, 0, 0);

  Carried plus(Carried other) {
    return new Carried(
        objects + other.objects, fetchedBytes + other.fetchedBytes, foundBytes + other.foundBytes);
  }
}
