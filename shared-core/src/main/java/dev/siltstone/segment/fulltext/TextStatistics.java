package dev.siltstone.segment.fulltext;

/**
 * What ranking by BM25 must know of all documents of a segment; sums over segments stay right.
 *
 * @param documents rows that have a document, deleted ones included
 * @param tokens terms in them, repetitions included
 */
public record TextStatistics(int documents, long tokens) {}
