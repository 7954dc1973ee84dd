/** Dropped files and their reports in S3. */
@NullMarked
package dev.siltstone.ingest.file.aws;

import org.jspecify.annotations.NullMarked;
