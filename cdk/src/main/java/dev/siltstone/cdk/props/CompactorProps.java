package dev.siltstone.cdk.props;

/**
 * The compactor.
 *
 * @param memoryMb also its share of a processor
 * @param diskGib its {@code /tmp}: cached segments, and those it writes
 * @param minutes how long a run may take; merges that would take longer are not started
 */
public record CompactorProps(int memoryMb, int diskGib, int minutes) {
  public CompactorProps {
    Bounds.check(
        StackOption.COMPACTOR_MEMORY,
        memoryMb,
        FunctionsProps.LEAST_MEMORY,
        FunctionsProps.MOST_MEMORY);
    Bounds.check(StackOption.COMPACTOR_DISK, diskGib, 1, 10);
    Bounds.check(StackOption.COMPACTOR_MINUTES, minutes, 2, 15);
  }
}
