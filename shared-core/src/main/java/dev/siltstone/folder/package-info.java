/**
 * What processes on one machine need to share a folder: locks that hold between them, scratch space
 * that outlives nobody, and folders whose entries survive a power loss.
 */
@NullMarked
package dev.siltstone.folder;

import org.jspecify.annotations.NullMarked;
