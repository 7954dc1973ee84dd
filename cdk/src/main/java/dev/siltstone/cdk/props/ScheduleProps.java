package dev.siltstone.cdk.props;

/**
 * What is done without being asked.
 *
 * @param sweepMinutes between looks for work that nobody announced
 * @param collectHours between collections of garbage
 */
public record ScheduleProps(int sweepMinutes, int collectHours) {
  public ScheduleProps {
    Bounds.check(StackOption.SWEEP_MINUTES, sweepMinutes, 1, 60);
    Bounds.check(StackOption.COLLECT_HOURS, collectHours, 1, 168);
  }
}
