/** The lock as an item of the one DynamoDB table. */
@NullMarked
package dev.siltstone.lease.aws;

import org.jspecify.annotations.NullMarked;
