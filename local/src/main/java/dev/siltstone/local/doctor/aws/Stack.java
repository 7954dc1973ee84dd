package dev.siltstone.local.doctor.aws;

import org.jspecify.annotations.Nullable;

/**
 * A deployed stack, by the names in its outputs.
 *
 * @param queue URL of the queue of notices; null leaves it out
 * @param deadLetters URL of the dead-letter queue; null leaves it out
 * @param region null for the one that the AWS configuration names
 */
public record Stack(
    String bucket,
    String table,
    @Nullable String queue,
    @Nullable String deadLetters,
    @Nullable String region) {}
