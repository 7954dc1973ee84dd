@NullMarked
package dev.siltstone.compaction;

import org.jspecify.annotations.NullMarked;
