package dev.siltstone.fault;

/** What befalls one call. */
public enum Fault {
  /** Nothing: the call goes through. */
  NONE,
  /** The service refuses for now. No effect, and the caller knows it. */
  THROTTLED,
  /** Another call on the same item was in progress. No effect, and the caller knows it. */
  CONFLICT,
  /** The request never arrives. No effect, and the caller does not know it. */
  LOST_REQUEST,
  /** The call takes effect, and the caller does not know it. */
  LOST_ANSWER,
  /** The request arrives after its sender gave up: see {@link Faults#deliverLate}. */
  LATE,
  /**
   * The put takes effect, its answer is lost inside the client, which sends it again and meets its
   * own object: the caller is told that the condition failed.
   */
  MET_ITSELF
}
