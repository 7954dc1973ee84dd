@NullMarked
package dev.siltstone.ingest;

import org.jspecify.annotations.NullMarked;
