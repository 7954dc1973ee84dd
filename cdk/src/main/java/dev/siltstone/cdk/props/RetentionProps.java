package dev.siltstone.cdk.props;

/**
 * What stays readable of the past.
 *
 * @param snapshots older snapshots of a collection
 * @param hours snapshots younger than this stay as well
 * @param readerGraceMinutes how long files stay for readers after their snapshot went
 */
public record RetentionProps(int snapshots, int hours, int readerGraceMinutes) {
  public RetentionProps {
    Bounds.check(StackOption.RETAINED_SNAPSHOTS, snapshots, 0, 256);
    Bounds.check(StackOption.RETAINED_HOURS, hours, 0, 24 * 365);
    Bounds.check(StackOption.READER_GRACE_MINUTES, readerGraceMinutes, 1, 24 * 60);
  }
}
