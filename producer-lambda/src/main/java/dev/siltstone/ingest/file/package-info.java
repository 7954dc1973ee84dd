/**
 * Files that somebody drops into the bucket, as a way in for many records: {@link
 * dev.siltstone.ingest.file.FileImporter} reads a {@link dev.siltstone.ingest.file.DroppedFile} in
 * parts ({@link dev.siltstone.ingest.file.PartReader}), writes each part as one delta by {@link
 * dev.siltstone.ingest.SharedIngestor}, and tells how it ended in an {@link
 * dev.siltstone.ingest.file.ImportReport}. What is left when time runs out is an {@link
 * dev.siltstone.ingest.file.ImportProgress}, which goes on in another invocation. Parts begin and
 * end where the file's content says, whoever reads it, so that a part that is met again has the id
 * that it had before.
 */
@NullMarked
package dev.siltstone.ingest.file;

import org.jspecify.annotations.NullMarked;
