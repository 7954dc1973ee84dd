/** Tokens in the DynamoDB table. */
@NullMarked
package dev.siltstone.access.aws;

import org.jspecify.annotations.NullMarked;
