package dev.siltstone.simulation;

import java.time.Duration;

/**
 * How often calls go wrong, each as a probability per call.
 *
 * @param refused the service refuses: certainly no effect
 * @param conflict a conditional write meets another one: no effect, though its caller cannot know
 * @param lost a write takes effect and its answer is lost
 * @param late a write's answer is lost, and it takes effect later, or never
 * @param crashed the caller's process ends, half of the time before the effect and half after
 * @param paused the caller stands still before the call
 * @param longestPause how long a caller stands still, or a late write is under way, at most
 */
public record Faults(
    double refused,
    double conflict,
    double lost,
    double late,
    double crashed,
    double paused,
    Duration longestPause) {
  public static final Faults NONE = new Faults(0, 0, 0, 0, 0, 0, Duration.ZERO);
}
