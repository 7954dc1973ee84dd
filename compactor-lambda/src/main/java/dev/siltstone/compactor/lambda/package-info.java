/**
 * The compactor as a Lambda function: the composition root, which reads the environment once, and
 * the handler for its two kinds of events (notices from SQS, and commands: the schedules' and
 * people's).
 */
@NullMarked
package dev.siltstone.compactor.lambda;

import org.jspecify.annotations.NullMarked;
