package dev.siltstone.segment.file;

import dev.siltstone.storage.Checksum;

/**
 * A file that is complete and on the disk.
 *
 * @param bytes its length
 */
public record FinishedFile(long bytes, Checksum checksum) {}
