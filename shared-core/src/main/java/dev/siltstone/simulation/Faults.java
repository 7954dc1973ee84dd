package dev.siltstone.simulation;

/**
 * How often calls go wrong, each as a probability per call.
 *
 * @param refused the service refuses: certainly no effect
 * @param lost a write takes effect and its answer is lost
 * @param late a write's answer is lost, and it takes effect later, or never
 * @param crashed the caller's process ends, half of the time before the effect and half after
 * @param paused the caller stands still before the call for up to ten seconds
 */
public record Faults(double refused, double lost, double late, double crashed, double paused) {
  public static final Faults NONE = new Faults(0, 0, 0, 0, 0);
}
