@NullMarked
package dev.siltstone.ingest.lambda;

import org.jspecify.annotations.NullMarked;
