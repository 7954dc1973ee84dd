package dev.siltstone.operations;

/** A row of one of several segments, and how far it is from the query that found it. */
record SampledRow(int segment, int row, float distance) {
  boolean isSameRow(SampledRow other) {
    return segment == other.segment && row == other.row;
  }
}
