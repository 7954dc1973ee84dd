/**
 * The AWS family put together: {@link dev.siltstone.account.aws.AwsAccount} is what the composition
 * roots of the three functions have in common. It takes the settings that a function read from its
 * environment and hands the seams down.
 */
@NullMarked
package dev.siltstone.account.aws;

import org.jspecify.annotations.NullMarked;
