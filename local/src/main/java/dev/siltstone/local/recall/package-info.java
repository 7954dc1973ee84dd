/**
 * hnswlib-core, an index of other people's making, as the {@link
 * dev.siltstone.operations.PeerIndex} that {@code verify --recall} compares ours with. Only here:
 * no function's package carries it.
 */
@NullMarked
package dev.siltstone.local.recall;

import org.jspecify.annotations.NullMarked;
