/**
 * The log in DynamoDB. {@link dev.siltstone.aws.TableLayout} and its package description say which
 * items and attributes this is about.
 */
@NullMarked
package dev.siltstone.log.aws;

import org.jspecify.annotations.NullMarked;
