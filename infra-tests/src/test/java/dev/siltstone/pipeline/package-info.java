/** The whole pipeline in one process: writes, compaction and reads against plain models. */
@NullMarked
package dev.siltstone.pipeline;

import org.jspecify.annotations.NullMarked;
