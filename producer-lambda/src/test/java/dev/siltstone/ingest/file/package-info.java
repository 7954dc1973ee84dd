@NullMarked
package dev.siltstone.ingest.file;

import org.jspecify.annotations.NullMarked;
