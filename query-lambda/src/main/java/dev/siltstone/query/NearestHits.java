package dev.siltstone.query;

import dev.siltstone.hnsw.Neighbors;
import dev.siltstone.hnsw.TopK;
import dev.siltstone.tail.RecordPlace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the parts of a search have found, and the distance beyond which nothing found later can be
 * among the k nearest. Parts may run in several threads.
 */
final class NearestHits {
  private final int k;
  private final List<Hit> hits = new ArrayList<>();
  private float bound = Float.POSITIVE_INFINITY;

  NearestHits(int k) {
    this.k = k;
  }

  /** An empty heap for a part that has so many rows; it refuses what cannot be among the k. */
  synchronized TopK room(int rows) {
    TopK room = new TopK(Math.min(k, rows));
    room.lower(bound);
    return room;
  }

  /** Adds what a part has found; {@code place} says where its rows are. */
  synchronized void add(Neighbors found, IntFunction<RecordPlace> place) {
    for (int i = 0; i < found.size(); i++) {
      hits.add(new Hit(found.distance(i), place.apply(found.row(i))));
    }
    if (hits.size() >= k) {
      hits.sort(Comparator.comparingDouble(Hit::distance));
      bound = hits.get(k - 1).distance();
    }
  }

  /** The k nearest in this order. */
  synchronized List<Hit> sorted(Comparator<Hit> order) {
    hits.sort(order);
    return hits.size() > k ? hits.subList(0, k) : hits;
  }
}
