/**
 * Bytes under keys. {@link dev.siltstone.storage.ObjectStore} is the seam, {@link
 * dev.siltstone.storage.ObjectLayout} the only maker and parser of keys.
 */
@NullMarked
package dev.siltstone.storage;

import org.jspecify.annotations.NullMarked;
