/**
 * The composition root of the local mode: {@link dev.siltstone.local.node.LocalNode} opens the
 * embedded family on a folder and puts producer, compactor and query into one process. Several
 * processes may have a node on the same folder.
 */
@NullMarked
package dev.siltstone.local.node;

import org.jspecify.annotations.NullMarked;
