package dev.siltstone.log;

/** How filling a reserved place ended. */
public sealed interface PlaceResult {
  /** The entry stands, by this call or by an earlier attempt of the same writer: acknowledge it. */
  record Placed() implements PlaceResult {}

  /** Somebody voided the place first: reserve again. */
  record TakenByVoid() implements PlaceResult {}

  /** The entry stood and has been quarantined since. */
  record QuarantinedMeanwhile(String reason) implements PlaceResult {}
}
