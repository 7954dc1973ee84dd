/** Notices in an SQS queue. */
@NullMarked
package dev.siltstone.notice.aws;

import org.jspecify.annotations.NullMarked;
