/**
 * The compactor as a Lambda function: the composition root, which reads the environment once, and
 * the handler for its three kinds of events (notices from SQS, the schedule, a manual call).
 */
@NullMarked
package dev.siltstone.compaction.lambda;

import org.jspecify.annotations.NullMarked;
