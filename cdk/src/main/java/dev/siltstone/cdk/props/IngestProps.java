package dev.siltstone.cdk.props;

/**
 * Ways in for writes besides the API and invocations.
 *
 * @param queue whether there is a queue for small writes
 */
public record IngestProps(boolean queue) {}
