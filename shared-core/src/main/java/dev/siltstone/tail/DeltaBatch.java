package dev.siltstone.tail;

import java.util.List;

/**
 * A prefix of the log, fetched and decoded.
 *
 * @param places in sequence order, without gaps; void and quarantined ones carry no operations
 * @param deltas committed deltas among them
 * @param quarantined deltas that this fetch has set aside
 */
public record DeltaBatch(List<LogPlace> places, int deltas, int quarantined) {
  public DeltaBatch {
    places = List.copyOf(places);
  }

  public long operations() {
    return places.stream().mapToLong(place -> place.operations().size()).sum();
  }
}
