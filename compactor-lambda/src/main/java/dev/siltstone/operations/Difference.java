package dev.siltstone.operations;

/**
 * Something that is not as the manifest says.
 *
 * @param where the key of an object, or the segment's id
 * @param what expected and found
 */
public record Difference(String where, String what) {}
