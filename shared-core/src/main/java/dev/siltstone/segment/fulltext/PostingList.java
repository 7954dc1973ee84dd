package dev.siltstone.segment.fulltext;

/**
 * An entry of the dictionary.
 *
 * @param count rows of the key
 * @param place the row if it is the only one, else where the list begins
 * @param bytes length of the list; 0 for an only row
 */
record PostingList(long key, int count, long place, int bytes) {}
