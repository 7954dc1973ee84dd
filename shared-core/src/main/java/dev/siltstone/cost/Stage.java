package dev.siltstone.cost;

/** A part of answering a request. */
public enum Stage {
  /** Reading the body. */
  PARSE,
  /** Finding the collection, reading head, tip and log, and whatever of them is not here yet. */
  LOG,
  /** Making vectors of texts. */
  EMBED,
  /** Evaluating filters and comparing vectors. */
  SEARCH,
  /** Reading the fields of the records found, and writing the answer's body. */
  HYDRATE,
  /** Storing a delta and giving it its place in the log. */
  WRITE
}
