package dev.siltstone.cdk.props;

/**
 * Ways in for writes besides the API and invocations.
 *
 * @param queue whether there is a queue for small writes
 * @param files whether files dropped under {@code import/} in the bucket are imported
 */
public record IngestProps(boolean queue, boolean files) {}
