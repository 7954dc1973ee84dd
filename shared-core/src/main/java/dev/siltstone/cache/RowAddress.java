package dev.siltstone.cache;

/**
 * Where a record stands in an open snapshot.
 *
 * @param segment index into {@link OpenSnapshot#segments()}
 */
public record RowAddress(int segment, int row) {}
