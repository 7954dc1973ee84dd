/**
 * Objects in one S3 bucket. A put is one request of at most 5 GB, conditional by {@code
 * If-None-Match} or {@code If-Match}; a download is ranged requests side by side.
 */
@NullMarked
package dev.siltstone.storage.aws;

import org.jspecify.annotations.NullMarked;
