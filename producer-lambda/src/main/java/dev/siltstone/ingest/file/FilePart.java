package dev.siltstone.ingest.file;

import dev.siltstone.ingest.WriteBatch;

/**
 * Some lines of a file, which become one delta.
 *
 * @param bytes of the file's text, line ends included
 */
record FilePart(WriteBatch batch, long bytes, long lines) {}
