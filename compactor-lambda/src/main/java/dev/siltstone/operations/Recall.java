package dev.siltstone.operations;

/**
 * How much of what is nearest is found, by a snapshot's own index and by an index of other people's
 * making.
 *
 * @param peer whose the other index is
 * @param seed of sample and queries
 * @param queries asked, each for {@code k} records
 * @param k neighbours asked for
 * @param ef candidates that a search keeps
 * @param records that the snapshot shows
 * @param sampled of them, given to the other index
 * @param own share of the k nearest of all records that the snapshot's index finds, 0 to 1
 * @param peers share of the k nearest of the sample that the other index finds, 0 to 1
 * @param agreement of what the snapshot's index finds and the sample has, the share that the other
 *     index finds too, 0 to 1
 */
public record Recall(
    String peer,
    long seed,
    int queries,
    int k,
    int ef,
    long records,
    int sampled,
    double own,
    double peers,
    double agreement) {}
